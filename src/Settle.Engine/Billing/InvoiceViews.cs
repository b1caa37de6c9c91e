using System.Text;
using Settle.Chain;
using Settle.Local;

namespace Settle.Billing;

/// <summary>Turns what the ledger has of an invoice into what the .NET interface shows.</summary>
internal sealed class InvoiceViews(LocalLedger ledger, InvoiceDocuments documents)
{
    private ChargesOf? _newest;

    private BillingBook Book => ledger.State.Book.Billing;

    /// <summary>An invoice in a list; the caller holds the state's lock.</summary>
    public InvoiceSummary Summary(in InvoiceRow row, bool replayed = false)
    {
        ref readonly var account = ref Book.Accounts[row.Account];
        return new InvoiceSummary
        {
            Kind = row.IsCreditNote ? "credit_note" : "invoice",
            Number = Book.NumberOf(row),
            Customer = Book.CustomerName(account.Customer),
            Date = DateOnly.FromDayNumber(row.Date),
            Due = DateOnly.FromDayNumber(row.Due),
            Asset = ledger.State.Book.Assets[account.Asset].Code,
            Net = row.Net,
            Tax = row.Tax,
            Amount = row.Amount,
            Open = row.Open,
            Status = row.Status,
            Corrects = row.IsCreditNote ? Book.NumberOf(Book.Invoices[row.Corrects]) : null,
            Charges = row.Charges,
            Block = row.Location.Height,
            Replayed = replayed,
        };
    }

    /// <summary>An invoice with all that stands on its paper; null when there is none.</summary>
    public async Task<Invoice?> FindAsync(string number, CancellationToken cancellation)
    {
        var found = await ledger.ReadAsync(() =>
        {
            var invoice = Book.FindInvoice(Encoding.UTF8.GetBytes(number));
            if (invoice < 0 || invoice >= Book.Invoices.DurableCount) return default;
            var row = Book.Invoices.Durable(invoice);
            var scale = ledger.State.Book.Assets[Book.Accounts[row.Account].Asset].Scale;
            var original = row.IsCreditNote ? Book.Invoices.Durable(row.Corrects) : row;
            return (Summary: Summary(row), Row: row, Original: original, Scale: scale,
                Corrects: row.IsCreditNote ? Book.NumberOf(original) : null);
        }, cancellation).ConfigureAwait(false);
        if (found.Summary is not { } summary) return null;
        var entry = await ledger.ReadEntryAsync(found.Row.Location, cancellation)
            .ConfigureAwait(false);
        var original = found.Corrects is null ? entry : await ledger.ReadEntryAsync(
            found.Original.Location, cancellation).ConfigureAwait(false);
        var (seller, buyer) = await documents.GetPartiesAsync(
            original, found.Corrects ?? number, cancellation).ConfigureAwait(false);
        var lines = await LinesAsync(entry, original, found.Scale, cancellation)
            .ConfigureAwait(false);
        var terms = entry.Batch.Billing(entry.Entry);
        return new Invoice
        {
            Kind = summary.Kind,
            Number = number,
            Id = entry.Batch.Text(entry.Entry.Id),
            Date = summary.Date,
            Due = summary.Due,
            Through = DateOnly.FromDayNumber(found.Row.Through),
            Asset = summary.Asset,
            Scale = found.Scale,
            Customer = summary.Customer,
            Seller = seller,
            Buyer = buyer,
            Lines = lines,
            Taxes = [.. BillingJson.ReadTaxes(entry.Batch.Bytes(terms.Taxes))
                .Select(tax => InvoiceLines.Tax(tax, buyer.Language))],
            Net = summary.Net,
            Tax = summary.Tax,
            Rounding = found.Row.Rounding,
            Amount = summary.Amount,
            Paid = found.Row.IsCreditNote ? found.Row.Amount : summary.Amount - summary.Open,
            Open = summary.Open,
            Status = summary.Status,
            InvoicedCharges = [.. BillingJson.ReadTexts(entry.Batch.Bytes(terms.Charges))
                .Select(Encoding.UTF8.GetString)],
            Corrects = found.Corrects,
            CorrectsDate = found.Corrects is null
                ? null : DateOnly.FromDayNumber(found.Original.Date),
            Note = entry.Entry.Memo.IsEmpty ? null : entry.Batch.Text(entry.Entry.Memo),
            Block = summary.Block,
        };
    }

    /// <summary>Whether a credit of so much takes back a whole invoice, line by line.</summary>
    public static bool IsWhole(long net, long tax, Invoice invoice) =>
        net == invoice.Net && tax == invoice.Tax;

    /// <summary>The number of the invoice that bills a charge; null while none does.</summary>
    public async Task<string?> FindInvoiceOfAsync(
        RecalledEntry charge, CancellationToken cancellation)
    {
        if (charge.Entry.Refusal != RefusalCode.None) return null;
        var id = charge.Batch.Bytes(charge.Entry.Id).ToArray();
        var candidates = await ledger.ReadAsync(() => Candidates(charge, id), cancellation)
            .ConfigureAwait(false);
        foreach (var (location, number) in candidates)
        {
            var ids = await ChargesOfAsync(location, cancellation).ConfigureAwait(false);
            if (ids.Contains(Encoding.UTF8.GetString(id))) return number;
        }
        return null;
    }

    // Many charges of a list are on the same invoice.
    private async Task<HashSet<string>> ChargesOfAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        if (_newest is { } known && known.Location == location) return known.Charges;
        var invoice = await ledger.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        var charges = BillingJson.ReadTexts(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Charges))
            .Select(Encoding.UTF8.GetString).ToHashSet(StringComparer.Ordinal);
        _newest = new ChargesOf(location, charges);
        return charges;
    }

    // The invoices that can bill it, the likeliest first; none while it is open.
    private List<(EntryLocation Location, string Number)> Candidates(
        RecalledEntry charge, byte[] id)
    {
        var found = new List<(EntryLocation, string)>();
        var terms = charge.Batch.Billing(charge.Entry);
        var customer = Book.FindCustomer(charge.Batch.Bytes(terms.Customer));
        var asset = ledger.State.Book.Assets.Find(charge.Batch.Bytes(charge.Entry.Asset));
        var number = Book.FindAccount(customer, asset);
        if (number < 0 || Book.OpenNow(number)
            .Exists(at => Book.Charges.IdOf(at).SequenceEqual(id))) return found;
        var account = Book.Accounts.Durable(number);
        for (var at = account.LastInvoice < 0 ? -1 : account.FirstInvoice; at >= 0;)
        {
            var row = Book.Invoices.Durable(at);
            if (!row.IsCreditNote && !row.IsRebilled && row.Through >= terms.Date
                && row.Location.Packed > charge.Location.Packed)
                found.Add((row.Location, Book.NumberOf(row)));
            at = at == account.LastInvoice ? -1 : row.Next;
        }
        return found;
    }

    private async Task<IReadOnlyList<InvoiceLine>> LinesAsync(RecalledEntry entry,
        RecalledEntry original, int scale, CancellationToken cancellation)
    {
        var terms = entry.Batch.Billing(entry.Entry);
        var taxes = BillingJson.ReadTaxes(entry.Batch.Bytes(terms.Taxes));
        var originalTerms = original.Batch.Billing(original.Entry);
        var isWhole = terms.Net == originalTerms.Net && terms.TaxSum == originalTerms.TaxSum;
        if (entry != original && !isWhole)
        {
            return InvoiceLines.OfPart(entry.Batch.Text(entry.Entry.Reference),
                DateOnly.FromDayNumber(terms.Date), taxes, scale);
        }
        var charges = new List<RecalledEntry>();
        foreach (var id in BillingJson.ReadTexts(original.Batch.Bytes(originalTerms.Charges)))
        {
            charges.Add((await ledger.RecallAsync(
                Encoding.UTF8.GetString(id), cancellation).ConfigureAwait(false))!);
        }
        return InvoiceLines.Of(charges, taxes, scale);
    }

    private sealed record ChargesOf(EntryLocation Location, HashSet<string> Charges);
}
