namespace Settle.Billing.Rules;

/// <summary>
/// Knows the profiles by what invoices say (BT-24), and which rules are not theirs.
/// </summary>
internal static class EnProfiles
{
    private const string Core = "urn:cen.eu:en16931:2017";
    private const string XRechnung = Core + "#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";

    private static readonly (string Specification, EnProfile Profile)[] Known =
    [
        (Core, EnProfile.Plain),
        (XRechnung, EnProfile.XRechnung),
        (XRechnung + "#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0",
            EnProfile.XRechnungExtension),
        (XRechnung + "#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9", EnProfile.XRechnungCvd),
        (Core + "#compliant#urn:factur-x.eu:1p0:basic", EnProfile.Basic),
        (Core + "#compliant#urn:zugferd.de:2p0:basic", EnProfile.Basic),
        (Core + "#conformant#urn:factur-x.eu:1p0:extended", EnProfile.Extended),
        (Core + "#conformant#urn:zugferd.de:2p0:extended", EnProfile.Extended),
        ("urn:factur-x.eu:1p0:minimum", EnProfile.Minimum),
        ("urn:zugferd.de:2p0:minimum", EnProfile.Minimum),
        ("urn:factur-x.eu:1p0:basicwl", EnProfile.BasicWithoutLines),
        ("urn:zugferd.de:2p0:basicwl", EnProfile.BasicWithoutLines),
    ];

    private static readonly HashSet<string> OfMinimum = new(StringComparer.Ordinal)
    {
        "BR-01", "BR-02", "BR-03", "BR-04", "BR-05", "BR-06", "BR-07", "BR-08", "BR-09", "BR-13",
        "BR-14", "BR-15", "BR-CL-01", "BR-CL-03", "BR-CL-04", "BR-CL-11", "BR-CL-14", "BR-CO-09",
        "BR-CO-15", "BR-CO-26", "BR-DEC-12", "BR-DEC-13", "BR-DEC-14", "BR-DEC-18", "SETTLE-01",
        "SETTLE-02", "SETTLE-03",
    };

    // Where lines can be groups of others, and sums have a tolerance of their own.
    private static readonly HashSet<string> OtherInExtended = new(StringComparer.Ordinal)
    {
        "BR-16", "BR-22", "BR-23", "BR-24", "BR-26", "BR-27", "BR-28", "BR-CO-03", "BR-CO-04",
        "BR-CO-10", "BR-CO-11", "BR-CO-12", "BR-CO-13", "BR-CO-14", "BR-CO-15", "BR-CO-16",
        "BR-CO-17", "BR-CL-01", "BR-CL-07", "BR-CL-10", "BR-CL-11", "BR-CL-13", "BR-CL-21",
        "BR-CL-24", "BR-CL-25", "BR-CL-26", "SETTLE-04",
    };

    public static EnProfile Of(string? specification)
    {
        if (specification is null) return EnProfile.Other;
        var named = specification.Trim();
        foreach (var (each, profile) in Known)
            if (each == named) return profile;
        return named.StartsWith(Core + "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
            StringComparison.Ordinal) ? EnProfile.Peppol
            // Older and newer versions, whose rules are nearly the same.
            : named.Contains(":xrechnung_", StringComparison.Ordinal) ? EnProfile.XRechnung
            : EnProfile.Other;
    }

    public static bool IsXRechnung(EnProfile profile) => profile is EnProfile.XRechnung
        or EnProfile.XRechnungExtension or EnProfile.XRechnungCvd;

    /// <summary>
    /// What was found, as it counts: a profile that is more or less than EN 16931 does not have
    /// all its rules. Null where it does not count.
    /// </summary>
    public static RuleViolation? Applying(EnProfile profile, RuleViolation found) => profile switch
    {
        EnProfile.Minimum => OfMinimum.Contains(found.Rule) ? found : null,
        EnProfile.BasicWithoutLines => found.Rule is "BR-16" or "BR-CO-10" or "SETTLE-04"
            || IsOfCategory(found.Rule, "-01") || IsOfCategory(found.Rule, "-08") ? null : found,
        EnProfile.Extended => OtherInExtended.Contains(found.Rule)
            || IsOfCategory(found.Rule, "-08") ? Advice(found) : found,
        _ => found,
    };

    private static bool IsOfCategory(string rule, string end) =>
        rule.EndsWith(end, StringComparison.Ordinal)
        && CategoryRule.All.Any(category => rule == category.Prefix + end);

    private static RuleViolation Advice(RuleViolation violation) => violation with
    {
        Severity = RuleSeverity.Warning,
        Message = $"{violation.Message}; its profile has a rule of its own for this",
    };
}
