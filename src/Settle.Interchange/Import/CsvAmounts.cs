namespace Settle.Import;

/// <summary>Amounts of a CSV file, read without making a string of each.</summary>
internal static class CsvAmounts
{
    // Digits that cannot overflow, whatever they are.
    private const int PlainLengthMax = 16;

    /// <exception cref="InvalidRequestException">It is not an amount of an asset with this
    /// scale.</exception>
    public static long Parse(string field, ReadOnlySpan<byte> text, int scale,
        bool allowZero = false)
    {
        if (text.IsEmpty) throw new InvalidRequestException(field, "must not be empty");
        return TryParsePlain(text, scale, out var minor)
            ? minor
            : Amounts.Parse(field, Encoding.UTF8.GetString(text), scale, allowZero);
    }

    private static bool TryParsePlain(ReadOnlySpan<byte> text, int scale, out long minor)
    {
        minor = 0;
        if (text.Length + scale > PlainLengthMax) return false;
        var decimals = -1;
        foreach (var c in text)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                minor = (minor * 10) + (c - '0');
                if (decimals >= 0) decimals++;
            }
            else if (c == '.' && decimals < 0 && text[0] != '.')
            {
                decimals = 0;
            }
            else
            {
                return false;
            }
        }
        if (decimals == 0 || decimals > scale) return false;
        for (var i = int.Max(decimals, 0); i < scale; i++) minor *= 10;
        return minor > 0;
    }
}
