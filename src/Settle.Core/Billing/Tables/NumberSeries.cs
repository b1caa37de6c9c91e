namespace Settle.Billing;

/// <summary>
/// The numbers that were given: within a series from 1 without gaps, because a number is a place in
/// a list (B3). The text before the digits never ends with a digit, so no two series share one.
/// </summary>
internal sealed class NumberSeries
{
    /// <summary>What stands before the series of the credit notes.</summary>
    public const string CreditPrefix = "C";

    private const int DigitsMin = 6;

    private readonly List<(string Text, List<int> Invoices)> _series = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int Count => _series.Count;

    public string TextOf(int series) => _series[series].Text;

    /// <summary>How many numbers of a series were given.</summary>
    public int CountOf(int series) => _series[series].Invoices.Count;

    /// <summary>The place of a series, which begins with its first use.</summary>
    public int FindOrAdd(string text)
    {
        if (_numbers.TryGetValue(text, out var series)) return series;
        _series.Add((text, []));
        _numbers.Add(text, _series.Count - 1);
        return _series.Count - 1;
    }

    /// <summary>The number that comes next.</summary>
    public string Next(string text) => Format(
        text, _numbers.TryGetValue(text, out var series) ? CountOf(series) + 1 : 1);

    public string Format(int series, int sequence) => Format(TextOf(series), sequence);

    public void Add(int series, int invoice) => _series[series].Invoices.Add(invoice);

    /// <summary>Takes back the newest number; a series that it began is gone.</summary>
    public void RemoveLast(int series)
    {
        _series[series].Invoices.RemoveAt(CountOf(series) - 1);
        if (CountOf(series) > 0) return;
        _numbers.Remove(TextOf(series));
        _series.RemoveAt(series);
    }

    /// <summary>The invoice that has a number; -1 for none.</summary>
    public int Find(ReadOnlySpan<byte> number)
    {
        var text = Encoding.UTF8.GetString(number);
        if (!TrySplit(text, out var prefix, out var sequence)) return -1;
        return _numbers.TryGetValue(prefix, out var series) && sequence <= CountOf(series)
            ? _series[series].Invoices[sequence - 1] : -1;
    }

    /// <summary>The invoice with a place in a series; -1 for none.</summary>
    public int TryFind(string text, int sequence) =>
        _numbers.TryGetValue(text, out var series) && sequence <= CountOf(series)
            ? _series[series].Invoices[sequence - 1] : -1;

    /// <summary>Splits a number into its series and its place there.</summary>
    public static bool TrySplit(string number, out string series, out int sequence)
    {
        var digits = number.Length;
        while (digits > 0 && char.IsAsciiDigit(number[digits - 1])) digits--;
        series = number[..digits];
        var text = number.AsSpan(digits);
        sequence = 0;
        return (text.Length == DigitsMin || (text.Length > DigitsMin && text[0] != '0'))
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            && sequence > 0;
    }

    /// <summary>A number of a series.</summary>
    public static string Format(string series, int sequence) =>
        series + sequence.ToString("D6", CultureInfo.InvariantCulture);
}
