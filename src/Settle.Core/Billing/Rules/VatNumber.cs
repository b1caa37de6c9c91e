using System.Text.RegularExpressions;

namespace Settle.Billing.Rules;

/// <summary>VAT identification numbers.</summary>
internal static partial class VatNumber
{
    // What stands behind the country's letters, as the European Commission lists it.
    private static readonly Dictionary<string, (Regex Form, string Example)> Forms =
        new(StringComparer.Ordinal)
    {
        ["AT"] = (Form("U[0-9]{8}"), "ATU13585627"),
        ["BE"] = (Form("[01][0-9]{9}"), "BE0428759497"),
        ["BG"] = (Form("[0-9]{9,10}"), "BG175074752"),
        ["CY"] = (Form("[0-9]{8}[A-Z]"), "CY10259033P"),
        ["CZ"] = (Form("[0-9]{8,10}"), "CZ25123891"),
        ["DE"] = (Form("[0-9]{9}"), "DE136695976"),
        ["DK"] = (Form("[0-9]{8}"), "DK13585628"),
        ["EE"] = (Form("[0-9]{9}"), "EE100931558"),
        ["EL"] = (Form("[0-9]{9}"), "EL094259216"),
        ["ES"] = (Form("[A-Z0-9][0-9]{7}[A-Z0-9]"), "ESA28015865"),
        ["FI"] = (Form("[0-9]{8}"), "FI20774740"),
        ["FR"] = (Form("[A-HJ-NP-Z0-9]{2}[0-9]{9}"), "FR40303265045"),
        ["HR"] = (Form("[0-9]{11}"), "HR33392005961"),
        ["HU"] = (Form("[0-9]{8}"), "HU12892312"),
        ["IE"] = (Form("[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}"), "IE6433435F"),
        ["IT"] = (Form("[0-9]{11}"), "IT00743110157"),
        ["LT"] = (Form("([0-9]{9}|[0-9]{12})"), "LT119511515"),
        ["LU"] = (Form("[0-9]{8}"), "LU15027442"),
        ["LV"] = (Form("[0-9]{11}"), "LV40003521600"),
        ["MT"] = (Form("[0-9]{8}"), "MT11679112"),
        ["NL"] = (Form("[A-Z0-9+*]{12}"), "NL004495445B01"),
        ["PL"] = (Form("[0-9]{10}"), "PL8567346215"),
        ["PT"] = (Form("[0-9]{9}"), "PT501964843"),
        ["RO"] = (Form("[0-9]{2,10}"), "RO18547290"),
        ["SE"] = (Form("[0-9]{12}"), "SE123456789701"),
        ["SI"] = (Form("[0-9]{8}"), "SI50223054"),
        ["SK"] = (Form("[0-9]{10}"), "SK2022749619"),
        ["XI"] = (Form("([0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3})"), "XI980780684"),
    };

    /// <summary>
    /// A number as it is kept: in capitals, and where its form is known without separators.
    /// </summary>
    public static string Normalize(string text)
    {
        var plain = string.Concat(text.Where(
            c => !char.IsWhiteSpace(c) && c is not ('-' or '.' or '/'))).ToUpperInvariant();
        return plain.Length >= 2 && (Forms.ContainsKey(plain[..2]) || plain[..2] == "GR")
            ? plain : text.Trim().ToUpperInvariant();
    }

    /// <summary>
    /// Checks a number that <see cref="Normalize"/> gave: its country, its form where that is
    /// known, and for Germany, Austria, Belgium and Italy its check digits.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not a VAT id.</exception>
    public static void Check(string field, string vatId)
    {
        var country = vatId.Length < 2 ? "" : vatId[..2];
        if (country == "GR")
            throw Parse.Fault(field, vatId, $"begins with EL in Greece: EL{vatId[2..]}");
        if (!Forms.ContainsKey(country) && !CodeLists.Countries.Contains(country))
        {
            throw Parse.Fault(field, vatId,
                "does not begin with the two letters of its country, as DE136695976 does");
        }
        if (!Forms.TryGetValue(country, out var known)) return;
        if (!known.Form.IsMatch(vatId[2..]))
        {
            throw Parse.Fault(field, vatId,
                $"does not have the form of {country}, as {known.Example} has");
        }
        if (!HasRightDigits(country, vatId))
            throw Parse.Fault(
                field, vatId, "has wrong check digits, so something in it is mistyped");
    }

    private static bool HasRightDigits(string country, string vatId) => country switch
    {
        "DE" => IsIso7064(vatId.AsSpan(2)),
        "AT" => (LuhnSum(vatId.AsSpan(3, 7), doubledFirst: false) + 4 + Digit(vatId[^1])) % 10 == 0,
        "IT" => (LuhnSum(vatId.AsSpan(2, 10), doubledFirst: false) + Digit(vatId[^1])) % 10 == 0,
        "BE" => int.Parse(vatId.AsSpan(2, 8), CultureInfo.InvariantCulture) is var number
            && 97 - (number % 97) == int.Parse(vatId.AsSpan(10), CultureInfo.InvariantCulture),
        _ => true,
    };

    // ISO 7064, MOD 11,10.
    private static bool IsIso7064(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (Digit(digit) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (product + Digit(digits[^1])) % 10 == 1;
    }

    private static int LuhnSum(ReadOnlySpan<char> digits, bool doubledFirst)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = Digit(digits[i]) * ((i % 2 == 0) == doubledFirst ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum;
    }

    private static int Digit(char c) => c - '0';

    private static Regex Form(string pattern) =>
        new($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
