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

    /// <summary>
    /// The invoice's number, null while none bills the charge; and what the charge came to, where
    /// that is not what its entry says.
    /// </summary>
    public async Task<(string? Invoice, AmendedCharge? Amended)> FindAsync(
        RecalledEntry charge, CancellationToken cancellation)
    {
        if (charge.Entry.Refusal != RefusalCode.None) return default;
        var id = charge.Batch.Text(charge.Entry.Id);
        var candidates = await reader.ReadAsync(() => Candidates(charge), cancellation)
            .ConfigureAwait(false);
        foreach (var (number, places) in candidates)
        {
            var charges = await ChargesOfAsync(places, cancellation).ConfigureAwait(false);
            if (!charges.Ids.Contains(id)) continue;
            return (number,
                charges.Amended.TryGetValue(id, out var amended) ? amended : null);
        }
        // Only periods of subscriptions, and what was offered, come to something else.
        return charge.Batch.Billing(charge.Entry) is
            { Subscription.IsEmpty: true, IsOffered: false } ? default
            : await reader.ReadAsync(() => (default(string), AmendedNow(charge)), cancellation)
                .ConfigureAwait(false);
    }

    private async Task<ChargesOf> ChargesOfAsync(
        List<EntryLocation> places, CancellationToken cancellation)
    {
        if (_newest is { } known && known.Places.SequenceEqual(places)) return known;
        var invoice = await reader.ReadEntryAsync(places[0], cancellation).ConfigureAwait(false);
        var terms = invoice.Batch.Billing(invoice.Entry);
        var ids = BillingJson.ReadTexts(invoice.Batch.Bytes(terms.Charges))
            .Select(Encoding.UTF8.GetString).ToHashSet(StringComparer.Ordinal);
        var amended = BillingJson.ReadAmended(invoice.Batch.Bytes(terms.Amended))
            .ToDictionary(charge => Encoding.UTF8.GetString(charge.Id), StringComparer.Ordinal);
        foreach (var place in places.Skip(1))
        {
            var note = await reader.ReadEntryAsync(place, cancellation).ConfigureAwait(false);
            foreach (var reopened in BillingJson.ReadReopened(
                note.Batch.Bytes(note.Batch.Billing(note.Entry).Reopened)))
                ids.Remove(Encoding.UTF8.GetString(reopened.Id));
        }
        return _newest = new ChargesOf(places, ids, amended);
    }

    // An invoice bills all that is open up to its day, so that the first one after the charge
    // has it, unless that one was full, or was credited to be billed again: as a whole, or, as its
    // credit notes say, some lines of it.
    private List<(string Number, List<EntryLocation> Places)> Candidates(RecalledEntry charge)
    {
        var found = new List<(string, List<EntryLocation>)>();
        var terms = charge.Batch.Billing(charge.Entry);
        var account = AccountOf(charge);
        if (account < 0) return found;
        var row = Book.Accounts.Durable(account);
        // A period of a subscription may be billed for an earlier day than it was charged for.
        var date = terms.Subscription.IsEmpty ? terms.Date : Days.Min;
        for (var at = row.LastInvoice < 0 ? -1 : row.FirstInvoice; at >= 0;)
        {
            var invoice = Book.Invoices.Durable(at);
            if (!invoice.IsCreditNote && !invoice.IsRebilled && invoice.Through >= date
                && invoice.Location.Packed > charge.Location.Packed)
                found.Add((Book.NumberOf(invoice), Places(invoice)));
            at = at == row.LastInvoice ? -1 : invoice.Next;
        }
        return found;
    }

    private List<EntryLocation> Places(in InvoiceRow invoice)
    {
        List<EntryLocation> places = [invoice.Location];
        var note = invoice.HasRebilledLines ? invoice.LastCredit : -1;
        for (; note >= 0; note = Book.Invoices.Durable(note).LastCredit)
            places.Add(Book.Invoices.Durable(note).Location);
        return places;
    }

    private int AccountOf(RecalledEntry charge) => Book.FindAccount(
        Book.FindCustomer(charge.Batch.Bytes(charge.Batch.Billing(charge.Entry).Customer)),
        reader.State.Book.Assets.Find(charge.Batch.Bytes(charge.Entry.Asset)));

    private AmendedCharge? AmendedNow(RecalledEntry charge)
    {
        var id = charge.Batch.Bytes(charge.Entry.Id);
        var account = AccountOf(charge);
        if (account < 0 || Book.FindOpen(account, id) is not (var at and >= 0)) return null;
        ref readonly var open = ref Book.Charges[at];
        return open.IsAmended ? new AmendedCharge(id.ToArray(), open.Amount, open.Date) : null;
    }

    private sealed record ChargesOf(List<EntryLocation> Places, HashSet<string> Ids,
        Dictionary<string, AmendedCharge> Amended);
}
