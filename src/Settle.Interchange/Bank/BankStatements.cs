using Settle.Bank;

namespace Settle;

/// <summary>Bank statements that become payments and charge-backs of a ledger.</summary>
public static class BankStatements
{
    /// <summary>
    /// Posts what is sure in a bank's file, each line once however often it comes: payments of open
    /// invoices by number and amount, and charge-backs of payments that the bank took back. The
    /// rest is reported, with what it may be.
    /// </summary>
    /// <param name="ledger">Where to.</param>
    /// <param name="file">
    /// camt.052, camt.053 or camt.054 (ISO 20022), MT940 or MT942 (SWIFT), or a ZIP archive of
    /// them.
    /// </param>
    /// <param name="post">False to report only what would be posted.</param>
    /// <param name="progress">Receives how many lines are done; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two lines.</param>
    /// <exception cref="InvalidRequestException">
    /// It is not a bank statement, or it is damaged. Nothing was posted.
    /// </exception>
    public static Task<BankReport> ImportAsync(ILedger ledger, Stream file, bool post = true,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(file);
        return new BankImport(ledger).RunAsync(file, post, progress, cancellationToken);
    }
}
