using Settle.Views;

namespace Settle.Billing;

/// <summary>An invoice of a run, and what its customer has open besides.</summary>
/// <param name="Summary">What the run says of it.</param>
/// <param name="Warning">What is odd about its number; null for nothing.</param>
/// <param name="OfDeposits">Which deposits it should have settled; null for none.</param>
/// <param name="HasMore">Whether it was full, so that the customer may have more.</param>
internal sealed record MadeInvoice(
    InvoiceSummary Summary, string? Warning, string? OfDeposits, bool HasMore)
{
    /// <summary>
    /// One as its block has left it; or, one that was made before, as it is now. The caller holds
    /// the state's lock.
    /// </summary>
    public static MadeInvoice Of(
        Book ledger, RunPlan plan, RunTarget target, RecalledEntry entry, bool replayed)
    {
        var book = ledger.Billing;
        var invoice = book.FindInvoice(InvoiceViews.Number(entry));
        var row = book.Invoices.Durable(invoice);
        return new MadeInvoice(InvoiceViews.Summary(ledger, row, replayed),
            replayed ? null : NumberOrder.Warning(book, invoice),
            replayed || row.IsDeposit ? null : DepositWatch.Warning(
                book, row.Account, book.NumberOf(row), plan.Request.Settles ?? []),
            row.Charges == Limits.InvoiceChargesMax || HasLeft(book, target.Account, row));
    }

    // An invoice may also be full of long ids; what it left is older than itself.
    private static bool HasLeft(BillingBook book, int account, in InvoiceRow row)
    {
        var height = book.DurableHeight;
        for (var at = book.Charges.FirstOf(account); at >= 0; at = book.Charges[at].Next)
        {
            ref readonly var charge = ref book.Charges[at];
            // A block that would bill it may still be lost.
            if ((charge.BilledAt == 0 || charge.BilledAt > height) && charge.Date <= row.Through
                && !charge.IsNothing && charge.Location.Packed < row.Location.Packed)
                return true;
        }
        return false;
    }
}
