namespace Settle.Billing;

/// <summary>The first numbers of series as requests name them.</summary>
internal static class FirstNumbers
{
    /// <summary>
    /// Writes them as entries have them: with as many digits as numbers have, in order, so that the
    /// same ones are the same request.
    /// </summary>
    public static Slice Append(RequestBatch batch, IReadOnlyList<string>? numbers)
    {
        if (numbers is not { Count: > 0 }) return default;
        var json = new JsonBuffer(64);
        foreach (var number in numbers.Select(Normal).Order(StringComparer.Ordinal))
        {
            json.Raw(json.Length == 0 ? "["u8 : ","u8);
            json.String(Encoding.UTF8.GetBytes(number));
        }
        json.Raw("]"u8);
        return batch.Append(json.Written);
    }

    // 2026-1043 is 2026-001043.
    private static string Normal(string number)
    {
        if (number is null) throw new InvalidRequestException("first_numbers", "is missing");
        PrintableText.Check("first_numbers", number);
        var digits = number.Length;
        while (digits > 0 && char.IsAsciiDigit(number[digits - 1])) digits--;
        return int.TryParse(number.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture,
            out var sequence) ? NumberSeries.Format(number[..digits], sequence) : number;
    }
}
