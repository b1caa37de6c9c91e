namespace Settle.Billing.Rules;

/// <summary>
/// The currencies that countries want VAT to be stated in, whatever the invoice's currency is
/// (Directive 2006/112/EC, article 230, and the like).
/// </summary>
internal static class TaxCurrencies
{
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["CH"] = "CHF", ["CZ"] = "CZK", ["DK"] = "DKK", ["GB"] = "GBP", ["HU"] = "HUF",
        ["IS"] = "ISK", ["LI"] = "CHF", ["NO"] = "NOK", ["PL"] = "PLN", ["RO"] = "RON",
        ["SE"] = "SEK",
    };

    private static readonly HashSet<string> Euro = [.. ("AT BE BG CY DE EE ES FI FR GR HR IE IT LT "
        + "LU LV MC MT NL PT SI SK").Split(' ')];

    /// <summary>A country's; null where no such rule is known.</summary>
    public static string? Of(string country) =>
        Euro.Contains(country) ? "EUR" : Others.GetValueOrDefault(country);
}
