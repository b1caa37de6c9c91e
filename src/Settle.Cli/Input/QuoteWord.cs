using System.Text.RegularExpressions;

namespace Settle.Cli.Input;

/// <summary>
/// A line of a quote as it is written on the command line: a price, then what belongs to it, then
/// the text: <c>8x95 unit=HUR tax=19 Consulting</c>.
/// </summary>
internal static partial class QuoteWord
{
    private const string Usage = "is not a line of a quote; write a price and a text, as in "
        + "'950 Web site' or '8x95 unit=HUR tax=19 discount=10 Consulting'";

    /// <exception cref="InvalidRequestException">The text is not a line.</exception>
    public static QuoteLine Parse(string field, string text)
    {
        var (price, rest) = CutWord(text.Trim());
        var times = price.IndexOf('x', StringComparison.Ordinal);
        var isAmount = times < 0;
        if (rest.Length == 0 || times == 0 || price.Length == 0 || !char.IsAsciiDigit(price[0]))
            throw Settle.Parse.Fault(field, text, Usage);
        var line = new QuoteLine
        {
            Description = "",
            Amount = isAmount ? Money.Typed(Amounts.Read($"{field}.amount", price)) : null,
            Quantity = isAmount ? null
                : Settle.Parse.TypedDecimal($"{field}.quantity", price[..times]),
            UnitPrice = isAmount ? null
                : Settle.Parse.TypedDecimal($"{field}.price", price[(times + 1)..]),
        };
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (TryCut(rest, out var name, out var value, out var after))
        {
            if (!names.Add(name))
                throw Settle.Parse.Fault(field, text, $"has {name}= twice; write it once");
            if (value.Length == 0)
            {
                throw Settle.Parse.Fault(field, text, $"has nothing behind {name}=; write its "
                    + "value there without a space, or leave it out");
            }
            rest = after;
            line = name switch
            {
                "unit" => line with { Unit = value },
                "tax" => line with { Tax = value },
                _ => line with
                {
                    Discount = Money.Typed(
                        Amounts.Read($"{field}.discount", value, allowZero: true)),
                },
            };
        }
        if (rest.Length == 0) throw Settle.Parse.Fault(field, text, Usage);
        CheckDescription(field, text, rest);
        if (line.Unit is not null && isAmount)
            throw Settle.Parse.Fault(field, text, "has a unit, which needs a quantity: 8x95");
        return line with { Description = rest };
    }

    // What was meant as a part of the price must not be offered as a part of the text.
    private static void CheckDescription(string field, string text, string description)
    {
        var word = CutWord(description).Word;
        if (Times().IsMatch(word))
        {
            throw Settle.Parse.Fault(field, text, $"has '{word}' before its text; write a quantity "
                + "and its price without spaces and with x, as in '8x95 Consulting'");
        }
        if (Digits().IsMatch(word))
        {
            throw Settle.Parse.Fault(field, text, $"has the number '{word}' before its text; write "
                + "a price without spaces, as in '1000 Web site', and begin the text with a word");
        }
        if (Named().Match(description) is { Success: true } named)
        {
            var name = named.Groups["name"].Value;
            throw Settle.Parse.Fault(field, text, $"has '{named.Value.Trim()}' in its text; write "
                + $"{name.ToLowerInvariant()}= in small letters between the price and the text, "
                + $"with its value and no space, as in '8x95 unit=HUR tax=19 discount=10 "
                + "Consulting'");
        }
    }

    [GeneratedRegex(@"^([xX*×]|[x*×]\d.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"^\d+([.,'’_]\d+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<=^|\s)(?<name>tax|unit|discount)\s*=\S*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    private static bool TryCut(string text, out string name, out string value, out string rest)
    {
        (var word, rest) = CutWord(text);
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        (name, value) = equals < 0 ? ("", "") : (word[..equals], word[(equals + 1)..]);
        return name is "unit" or "tax" or "discount";
    }

    private static (string Word, string After) CutWord(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].TrimStart());
    }
}
