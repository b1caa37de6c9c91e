namespace Settle.Billing.Rules;

/// <summary>Codes that say why there is no VAT (BT-121).</summary>
internal static class VatexCode
{
    // The codes that begin so, and the taxes that they can stand beside. All others are of
    // activities that are exempt in the country.
    private static readonly (string Prefix, TaxCategory[] Taxes)[] Meanings =
    [
        ("VATEX-EU-AE", [TaxCategory.ReverseCharge]), ("VATEX-FR-AE", [TaxCategory.ReverseCharge]),
        ("VATEX-EU-IC", [TaxCategory.IntraCommunity]), ("VATEX-EU-G", [TaxCategory.Export]),
        ("VATEX-EU-O", [TaxCategory.OutOfScope]),
        ("VATEX-EU-79-C", [TaxCategory.Exempt, TaxCategory.OutOfScope]),
        ("VATEX-EU-14", AcrossBorders), ("VATEX-EU-15", AcrossBorders),
        ("VATEX-EU-309", AcrossBorders), ("VATEX-FR-CGI27", AcrossBorders),
        ("VATEX-FR-CGI29", AcrossBorders),
    ];

    // Ships, embassies, warehouses and their like.
    private static TaxCategory[] AcrossBorders =>
        [TaxCategory.Exempt, TaxCategory.IntraCommunity, TaxCategory.Export];

    /// <param name="field">The field that has the code.</param>
    /// <param name="code">The code.</param>
    /// <param name="tax">The tax that it is to explain.</param>
    /// <exception cref="InvalidRequestException">The code list does not have it, or it says
    /// something else than the tax.</exception>
    public static void Check(string field, string code, TaxCategory tax)
    {
        if (!CodeLists.ExemptionReasons.Contains(code))
        {
            throw Parse.Fault(field, code,
                "is not in the code list VATEX; use one of it, such as VATEX-EU-132-1I, or none");
        }
        var known = Meanings.FirstOrDefault(
            each => code.StartsWith(each.Prefix, StringComparison.Ordinal)).Taxes
            ?? [TaxCategory.Exempt];
        if (known.Contains(tax)) return;
        var words = string.Join(" or ", known.Select(each => new TaxTerm(each, 0).Text));
        throw Parse.Fault(field, code, $"is a reason for {words}, and contradicts the tax, which "
            + $"is {new TaxTerm(tax, 0).Text}; use a code for that, or none");
    }
}
