namespace Settle.Billing.Rules;

/// <summary>
/// Checks an invoice against the business rules of EN 16931, and those of XRechnung or Peppol where
/// it says that it follows them. Stricter than the official checkers: every sum has to be right to
/// the cent.
/// </summary>
internal static class EnRules
{
    /// <summary>What an XRechnung 3.0 says of itself (BT-24).</summary>
    public const string XRechnung =
        "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";

    /// <summary>What other invoices say (BT-24).</summary>
    public const string Plain = "urn:cen.eu:en16931:2017";

    /// <summary>
    /// What is wrong with an invoice; empty when nothing is. At most
    /// <see cref="Limits.ViolationsMax"/>.
    /// </summary>
    public static IReadOnlyList<RuleViolation> Check(EnInvoice invoice) => Find(invoice).Violations;

    /// <summary>What is wrong with an invoice, and how much of it is not listed.</summary>
    public static Findings Find(EnInvoice invoice)
    {
        var profile = EnProfiles.Of(invoice.Specification);
        // Sums of absurd numbers cannot be made, whatever a profile says.
        var absurd = new Findings(EnProfile.Plain);
        NumberRules.Check(invoice, absurd);
        if (absurd.Violations.Count > 0) return absurd;
        var found = new Findings(profile);
        DocumentRules.Check(invoice, found);
        PartyRules.Check(invoice, found);
        PaymentRules.Check(invoice, found);
        LineRules.Check(invoice, found);
        AllowanceRules.Check(invoice, found);
        TotalRules.Check(invoice, found);
        DecimalRules.Check(invoice, found);
        TaxRules.Check(invoice, found);
        CategoryRules.Check(invoice, found);
        CodeRules.Check(invoice, profile, found);
        if (EnProfiles.IsXRechnung(profile)) XRechnungRules.Check(invoice, profile, found);
        if (EnProfiles.IsXRechnung(profile) || profile == EnProfile.Peppol)
            PeppolRules.Check(invoice, profile, found);
        return found;
    }

    /// <summary>Whether a term that must not be empty is there.</summary>
    public static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    /// <summary>A day, or null when the text is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : null;
}
