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
        var (summary, location, asset) = await LocateAsync(number, cancellation)
            .ConfigureAwait(false);
        if (summary is null) return null;
        if (!summary.HasPaper)
        {
            return InvoiceViews.Opening(
                await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false),
                summary, await documents.GetPartiesNowAsync(summary.Customer, cancellation)
                    .ConfigureAwait(false));
        }
        if (summary.Corrects is not { } corrected)
        {
            return (await RecallAsync(summary, location, asset, cancellation)
                .ConfigureAwait(false)).Invoice;
        }
        var entry = await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        var invoice = await FindAsync(corrected, cancellation).ConfigureAwait(false);
        return InvoiceViews.CreditNote(entry, invoice!);
    }

    /// <summary>An invoice with its entries; null when there is none.</summary>
    public async Task<RecalledInvoice?> RecallAsync(string number, CancellationToken cancellation)
    {
        var (summary, location, asset) = await LocateAsync(number, cancellation)
            .ConfigureAwait(false);
        return summary is not { Kind: InvoiceType.Invoice or InvoiceType.Deposit } ? null
            : await RecallAsync(summary, location, asset, cancellation).ConfigureAwait(false);
    }

    private Task<(InvoiceSummary? Summary, EntryLocation Location, AssetState Asset)> LocateAsync(
        string number, CancellationToken cancellation) => reader.ReadAsync(() =>
    {
        var invoice = Book.FindInvoice(Encoding.UTF8.GetBytes(Texts.Given("number", number)));
        if (invoice < 0 || invoice >= Book.Invoices.DurableCount) return default;
        var row = Book.Invoices.Durable(invoice);
        return ((InvoiceSummary?)InvoiceViews.Summary(reader.State.Book, row), row.Location,
            reader.State.Book.Assets[Book.Accounts[row.Account].Asset]);
    }, cancellation);

    private async Task<RecalledInvoice> RecallAsync(InvoiceSummary summary,
        EntryLocation location, AssetState asset, CancellationToken cancellation)
    {
        var entry = await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        var parties = await documents.GetPartiesAsync(entry, summary.Number, cancellation)
            .ConfigureAwait(false);
        var charges = new List<RecalledEntry>();
        foreach (var id in BillingJson.ReadTexts(
            entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Charges)))
        {
            charges.Add((await reader.RecallAsync(
                Encoding.UTF8.GetString(id), cancellation).ConfigureAwait(false))!);
        }
        var settled = summary.Kind == InvoiceType.Deposit ? []
            : BillingJson.ReadDiscounted(
                entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Deposits));
        var deposits = settled.Count == 0 ? [] : await reader.ReadAsync(
            () => settled.ConvertAll(part => (part, Book.Invoices[Book.FindInvoice(part.Invoice)]
                .Date)), cancellation).ConfigureAwait(false);
        return new RecalledInvoice(
            InvoiceViews.Invoice(entry, summary, asset, parties, charges, deposits) with
            {
                Quotes = await QuotesOfAsync(charges, cancellation).ConfigureAwait(false),
            }, entry, charges);
    }

    private async Task<IReadOnlyList<string>?> QuotesOfAsync(
        List<RecalledEntry> charges, CancellationToken cancellation)
    {
        var offered = charges.FindAll(charge => charge.Batch.Billing(charge.Entry).IsOffered);
        return offered.Count == 0 ? null : await reader.ReadAsync(() => offered
            .Select(charge => Book.NumberOf(Book.Quotes[
                Book.FindQuoteOf(charge.Batch.Bytes(charge.Entry.Id))]))
            .Distinct(StringComparer.Ordinal).ToList(), cancellation).ConfigureAwait(false);
    }
}
