using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>Finds an invoice by its number, with all that stands on its paper.</summary>
internal sealed class InvoiceFinder(LedgerReader reader, InvoiceDocuments documents)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>An invoice or credit note; null when there is none.</summary>
    public async Task<Invoice?> FindAsync(string number, CancellationToken cancellation)
    {
        var found = await reader.ReadAsync(() =>
        {
            var invoice = Book.FindInvoice(Encoding.UTF8.GetBytes(Texts.Given("number", number)));
            if (invoice < 0 || invoice >= Book.Invoices.DurableCount) return default;
            var row = Book.Invoices.Durable(invoice);
            return (Summary: InvoiceViews.Summary(reader.State.Book, row), row.Location,
                Asset: reader.State.Book.Assets[Book.Accounts[row.Account].Asset]);
        }, cancellation).ConfigureAwait(false);
        if (found.Summary is not { } summary) return null;
        var entry = await reader.ReadEntryAsync(found.Location, cancellation)
            .ConfigureAwait(false);
        if (summary.Corrects is { } corrected)
        {
            var invoice = await FindAsync(corrected, cancellation).ConfigureAwait(false);
            return InvoiceViews.CreditNote(entry, invoice!);
        }
        var parties = await documents.GetPartiesAsync(entry, number, cancellation)
            .ConfigureAwait(false);
        var charges = new List<RecalledEntry>();
        foreach (var id in BillingJson.ReadTexts(
            entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Charges)))
        {
            charges.Add((await reader.RecallAsync(
                Encoding.UTF8.GetString(id), cancellation).ConfigureAwait(false))!);
        }
        return InvoiceViews.Invoice(entry, summary, found.Asset, parties, charges);
    }
}
