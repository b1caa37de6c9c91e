namespace Settle.Billing;

/// <summary>
/// Decimals as integers of a fixed number of places. Each value has one text: no zeros at the end
/// of a fraction, none before a whole number.
/// </summary>
internal static class Scaled
{
    /// <summary>How many decimals quantities and unit prices may have.</summary>
    public const int Decimals = 6;

    /// <summary>One, as a quantity.</summary>
    public const long One = 1_000_000;

    public static string Text(long value, int decimals)
    {
        var power = (long)PowerOfTen(decimals);
        var whole = (value / power).ToString(CultureInfo.InvariantCulture);
        var fraction = (value % power).ToString(CultureInfo.InvariantCulture)
            .PadLeft(decimals, '0').TrimEnd('0');
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }

    /// <summary>Reads such a text; false for any other spelling.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int decimals, out long value)
    {
        value = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || (whole.Length > 1 && whole[0] == '0') || fraction.Length > decimals
            || (point >= 0 && (fraction.IsEmpty || fraction[^1] == '0')))
        {
            return false;
        }
        Int128 sum = 0;
        foreach (var part in (ReadOnlySpan<byte>)[.. whole, .. fraction])
        {
            if (part is < (byte)'0' or > (byte)'9') return false;
            sum = (sum * 10) + part - '0';
            if (sum > long.MaxValue) return false;
        }
        sum *= PowerOfTen(decimals - fraction.Length);
        if (sum > long.MaxValue) return false;
        value = (long)sum;
        return true;
    }

    public static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }
}
