namespace Settle.Views;

/// <summary>
/// Why an invoice has no tax in a category: what its charges say, or else its seller, or else the
/// usual words.
/// </summary>
internal static class TaxReasons
{
    private static readonly HashSet<string> Union =
        [.. ("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
            .Split(' ')];

    /// <param name="category">The letters of the category.</param>
    /// <param name="lines">The invoice's lines.</param>
    /// <param name="seller">Its seller.</param>
    /// <param name="usual">The usual words, in <paramref name="language"/>.</param>
    /// <param name="language">The language of the invoice.</param>
    /// <returns>The text, and the code of VATEX if there is one for all of it.</returns>
    public static (string? Text, string? Code) Of(string category,
        IEnumerable<InvoiceLine> lines, Party seller, string? usual, string language)
    {
        if (usual is null) return (null, null);
        var others = category == "E" ? OfSeller(seller, usual, language) : (usual, null);
        var said = lines.Where(line => line.Category == category).Select(line =>
            line.Exemption is null && line.ExemptionCode is null ? others
                : (line.Exemption ?? usual, line.ExemptionCode)).Distinct().ToList();
        if (said.Count == 0) return others;
        // One entry of the tax summary has one text and one code for all its lines.
        var codes = said.Select(each => each.Item2).Distinct().ToList();
        return (string.Join("; ", said.Select(each => each.Item1).Distinct()),
            codes.Count == 1 ? codes[0] : null);
    }

    private static (string Text, string? Code) OfSeller(
        Party seller, string usual, string language)
    {
        if (!seller.SmallBusiness) return (seller.Exemption ?? usual, seller.ExemptionCode);
        // The French law gives these very words.
        if (seller.Country == "FR")
        {
            return (seller.Exemption ?? "TVA non applicable, art. 293 B du CGI",
                seller.ExemptionCode ?? "VATEX-FR-FRANCHISE");
        }
        return (seller.Exemption ?? SmallBusiness(seller.Country, language), seller.ExemptionCode);
    }

    // What section 34a of the German UStDV asks for, and its like elsewhere.
    private static string SmallBusiness(string country, string language)
    {
        var law = country switch
        {
            "DE" => " (§ 19 UStG)",
            "AT" => " (§ 6 Abs. 1 Z 27 UStG)",
            _ when Union.Contains(country) => language switch
            {
                "de" => " (Art. 284 der Richtlinie 2006/112/EG)",
                "fr" => " (art. 284 de la directive 2006/112/CE)",
                _ => " (article 284 of Directive 2006/112/EC)",
            },
            _ => "",
        };
        return language switch
        {
            "de" => $"Es gilt die Steuerbefreiung für Kleinunternehmer{law}",
            "fr" => $"Exonération de TVA applicable aux petites entreprises{law}",
            _ => $"The VAT exemption for small businesses applies{law}",
        };
    }
}
