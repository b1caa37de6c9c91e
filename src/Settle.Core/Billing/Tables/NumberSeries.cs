namespace Settle.Billing;

/// <summary>
/// The numbers that were given: within a series from its first one without gaps, because a number
/// is a place in a list (B3). The text before the digits never ends with a digit, so no two series
/// share one.
/// </summary>
internal sealed class NumberSeries
{
    /// <summary>What stands before the series of the credit notes.</summary>
    public const string CreditPrefix = "C";

    /// <summary>What stands before the series of the quotes.</summary>
    public const string QuotePrefix = "Q";

    private const int DigitsMin = 6;

    private readonly List<(string Text, int First, List<int> Invoices)> _series = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int Count => _series.Count;

    public string TextOf(int series) => _series[series].Text;

    /// <summary>How many numbers of a series were given.</summary>
    public int CountOf(int series) => _series[series].Invoices.Count;

    /// <summary>The first number of a series; 0 if it gave none yet.</summary>
    public int FirstOf(string text) =>
        _numbers.TryGetValue(text, out var series) ? _series[series].First : 0;

    /// <summary>The number that comes next; 0 if the series gave none yet.</summary>
    public int NextOf(string text) => _numbers.TryGetValue(text, out var series)
        ? _series[series].First + CountOf(series) : 0;

    /// <summary>The place of a series, which begins with its first use.</summary>
    public int FindOrAdd(string text)
    {
        if (_numbers.TryGetValue(text, out var series)) return series;
        _series.Add((text, 1, []));
        _numbers.Add(text, _series.Count - 1);
        return _series.Count - 1;
    }

    public string Format(int series, int sequence) => Format(TextOf(series), sequence);

    /// <summary>Gives the next number of a series; the first one is where it begins.</summary>
    public void Add(int series, int sequence, int invoice)
    {
        if (CountOf(series) == 0) _series[series] = _series[series] with { First = sequence };
        _series[series].Invoices.Add(invoice);
    }

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
        return TryFind(prefix, sequence);
    }

    /// <summary>The invoice with a place in a series; -1 for none.</summary>
    public int TryFind(string text, int sequence)
    {
        if (!_numbers.TryGetValue(text, out var series)) return -1;
        var at = sequence - _series[series].First;
        return at >= 0 && at < CountOf(series) ? _series[series].Invoices[at] : -1;
    }

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
