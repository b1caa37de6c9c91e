using System.Collections.Frozen;

namespace Settle.Bank;

/// <summary>What the fields of all formats have in common.</summary>
internal static class BankTexts
{
    // The standards' own limits are 35 and 140 characters.
    private const int ShortCharsMax = 256;
    private const int NameCharsMax = 1024;

    // Statements number their lines from one, which says nothing in another statement.
    private const int CounterDigitsMax = 6;

    // What banks and payers write where a field must not be empty, without its punctuation.
    private static readonly FrozenSet<string> Nothings = new[]
    {
        "NONREF", "NOTPROVIDED", "NOTAVAILABLE", "NOTAPPLICABLE", "NA", "NONE", "NULL", "NIL",
        "NOREF", "NOREFERENCE", "UNKNOWN", "UNDEFINED", "KEINE", "KEINEANGABE", "KEINEREFERENZ",
        "OHNE", "UNBEKANNT", "INCONNU", "SEPA",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A text that many payments of a line may repeat: it must be short.</summary>
    /// <exception cref="InvalidRequestException">It is too long.</exception>
    public static string? Short(string what, string? text) => Short(what, ShortCharsMax, text);

    /// <summary>A name, or null when there is none.</summary>
    /// <exception cref="InvalidRequestException">It is too long.</exception>
    public static string? Name(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Short("name", NameCharsMax, text.Trim());

    /// <summary>A reference, or null for the words that say that there is none.</summary>
    /// <exception cref="InvalidRequestException">It is too long.</exception>
    public static string? Reference(string? text) => IsNothing(text) ? null
        : Short("reference", text!.Trim());

    /// <summary>A reference that is more than the number of a line in its statement.</summary>
    /// <exception cref="InvalidRequestException">It is too long.</exception>
    public static string? OwnReference(string? text) =>
        Reference(text) is { } found
            && (found.TrimStart('0').Length > CounterDigitsMax || !found.All(char.IsAsciiDigit))
            ? found : null;

    /// <summary>
    /// An amount may have zeros behind its currency's decimals, but not three decimals in all: it
    /// can be meant as thousands.
    /// </summary>
    /// <param name="text">The amount, with a point or a comma.</param>
    /// <param name="asset">Its currency.</param>
    /// <param name="scale">How many decimals that has.</param>
    /// <exception cref="InvalidRequestException">It has three.</exception>
    public static void CheckDecimals(string text, string asset, int scale)
    {
        const int Thousands = 3;
        var point = text.AsSpan().IndexOfAny('.', ',');
        if (point >= 0 && text.Length - point - 1 == Thousands && scale < Thousands)
        {
            throw Parse.Fault("amount", text, string.Create(CultureInfo.InvariantCulture,
                $"has three decimals, and {asset} has {scale}; it can be meant as thousands"));
        }
    }

    /// <summary>Whether it says nothing: it is empty, or a placeholder.</summary>
    public static bool IsNothing(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (text.Length > ShortCharsMax) return false;
        var letters = NumberIndex<KnownNumber>.Key(text);
        return letters.All(c => c == '0') || letters.All(c => c == 'X')
            || Nothings.Contains(letters);
    }

    /// <summary>
    /// Whether one of two texts has no word that the other lacks: a report of the day often says
    /// less of a line than its statement.
    /// </summary>
    public static bool IsSame(string first, string second)
    {
        var (some, others) = (Words(first), Words(second));
        return some.IsSubsetOf(others) || others.IsSubsetOf(some);
    }

    private static HashSet<string> Words(string text) =>
        NumberIndex<KnownNumber>.Parts(text).ToHashSet(StringComparer.Ordinal);

    /// <summary>A fault with the line that it is in.</summary>
    /// <param name="place">Which line of its statement, from 1.</param>
    /// <param name="account">The statement's account.</param>
    /// <param name="fault">What is wrong.</param>
    public static InvalidRequestException InLine(
        int place, string account, InvalidRequestException fault) => new(fault.Field,
        string.Create(CultureInfo.InvariantCulture,
            $"in line {place} of the statement of {account}: {fault.Reason}"));

    private static string? Short(string what, int charsMax, string? text) =>
        text is null || text.Length <= charsMax ? text
            : throw new InvalidRequestException("file", string.Create(
                CultureInfo.InvariantCulture,
                $"has a line whose {what} is longer than {charsMax} characters"));
}
