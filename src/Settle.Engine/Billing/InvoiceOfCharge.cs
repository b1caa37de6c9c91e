using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// Says which invoice bills a charge. The charge's entry cannot know it, and the state forgets a
/// charge once it is billed, so that the invoices that can have it are asked.
/// </summary>
internal sealed class InvoiceOfCharge(LedgerReader reader)
{
    // Many charges of a list are on the same invoice.
    private ChargesOf? _newest;

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>The invoice's number; null while none bills the charge.</summary>
    public async Task<string?> FindAsync(RecalledEntry charge, CancellationToken cancellation)
    {
        if (charge.Entry.Refusal != RefusalCode.None) return null;
        var id = charge.Batch.Text(charge.Entry.Id);
        var candidates = await reader.ReadAsync(() => Candidates(charge), cancellation)
            .ConfigureAwait(false);
        foreach (var (location, number) in candidates)
        {
            var ids = await ChargesOfAsync(location, cancellation).ConfigureAwait(false);
            if (ids.Contains(id)) return number;
        }
        return null;
    }

    private async Task<HashSet<string>> ChargesOfAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        if (_newest is { } known && known.Location == location) return known.Charges;
        var invoice = await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        var charges = BillingJson.ReadTexts(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Charges))
            .Select(Encoding.UTF8.GetString).ToHashSet(StringComparer.Ordinal);
        _newest = new ChargesOf(location, charges);
        return charges;
    }

    // An invoice bills all that is open up to its day, so that the first one after the charge
    // has it, unless that one was full or was credited to be billed again.
    private List<(EntryLocation Location, string Number)> Candidates(RecalledEntry charge)
    {
        var found = new List<(EntryLocation, string)>();
        var terms = charge.Batch.Billing(charge.Entry);
        var customer = Book.FindCustomer(charge.Batch.Bytes(terms.Customer));
        var asset = reader.State.Book.Assets.Find(charge.Batch.Bytes(charge.Entry.Asset));
        var number = Book.FindAccount(customer, asset);
        if (number < 0) return found;
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

    private sealed record ChargesOf(EntryLocation Location, HashSet<string> Charges);
}
