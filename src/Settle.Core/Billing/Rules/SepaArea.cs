namespace Settle.Billing.Rules;

/// <summary>The countries whose accounts SEPA reaches, by the first letters of an IBAN.</summary>
internal static class SepaArea
{
    private static readonly HashSet<string> Eea = new(
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
            .Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Others = new(
        "AD AL CH GB GI MC MD ME MK RS SM VA".Split(' '), StringComparer.Ordinal);

    /// <summary>Whether SEPA reaches an account.</summary>
    public static bool Reaches(string iban) =>
        Eea.Contains(iban[..2]) || Others.Contains(iban[..2]);

    /// <summary>
    /// Whether payments to or from an account need the bank's BIC and its holder's address: those
    /// outside the European Economic Area do.
    /// </summary>
    public static bool NeedsAddress(string iban) => !Eea.Contains(iban[..2]);
}
