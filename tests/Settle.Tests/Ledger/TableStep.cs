using System.Globalization;
using System.Text.RegularExpressions;

namespace Settle.Tests.Rules;

/// <summary>One line of a table: what is asked, and behind two spaces or more what must come of it.</summary>
internal sealed partial class TableStep
{
    private readonly Queue<string> _words;

    public TableStep(string line)
    {
        Line = line.Trim();
        var parts = Columns.Split(Line, 2);
        _words = new Queue<string>(parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Expected = parts.Length > 1 ? parts[1] : "";
    }

    public string Line { get; }

    public string Expected { get; }

    public bool IsOver => _words.Count == 0;

    public string Word() => _words.Dequeue();

    /// <summary>Takes the next word if it is this one.</summary>
    public bool Is(string word)
    {
        if (_words.Count == 0 || _words.Peek() != word) return false;
        _words.Dequeue();
        return true;
    }

    /// <summary>An amount with all decimals of its asset; they tell the minor unit.</summary>
    public long Amount() => AmountOf(Word());

    public long? AmountIfAny() =>
        _words.Count > 0 && AmountPattern.IsMatch(_words.Peek()) ? Amount() : null;

    public TimeSpan? SpanIfAny() =>
        _words.Count > 0 && SpanPattern.IsMatch(_words.Peek()) ? Span() : null;

    public TimeSpan Span()
    {
        var word = Word();
        var match = SpanPattern.Match(word);
        if (!match.Success) throw new FormatException($"'{word}' is no time span");
        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "d" => TimeSpan.FromDays(number),
            "h" => TimeSpan.FromHours(number),
            "s" => TimeSpan.FromSeconds(number),
            _ => TimeSpan.FromMicroseconds(number),
        };
    }

    /// <summary>The next word if it is an asset's code.</summary>
    public string? AssetIfAny() =>
        _words.Count > 0 && AssetPattern.IsMatch(_words.Peek()) ? Word() : null;

    /// <summary><c>From -> To 50.00 EUR</c></summary>
    public Posting Posting()
    {
        var from = Word();
        if (Word() != "->") throw new FormatException($"no arrow: {Line}");
        return new Posting { From = from, To = Word(), Amount = Minor(Amount(), AssetIfAny()) };
    }

    public static long AmountOf(string word) =>
        long.Parse(word.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Columns { get; }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex AmountPattern { get; }

    [GeneratedRegex("^([0-9]+)(d|h|s|us)$")]
    private static partial Regex SpanPattern { get; }

    [GeneratedRegex("^([A-Z]{3}|points|gold|doubloons)$")]
    private static partial Regex AssetPattern { get; }
}
