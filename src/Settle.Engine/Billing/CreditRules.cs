using Settle.Billing.Rules;
using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Whether a credit note could be sent, asked before there is one: it is decided as it will be, and
/// the very document is checked. What the decision refuses is left to it.
/// </summary>
internal sealed class CreditRules(LedgerReader reader, InvoiceFinder invoices)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <returns>The invoice to be credited; null where it was not asked for.</returns>
    /// <exception cref="InvoiceRuleException">It could not be sent.</exception>
    public async Task<Invoice?> CheckAsync(
        CreditRequest request, BillingFiller fill, CancellationToken cancellation)
    {
        await reader.RefreshAsync().ConfigureAwait(false);
        // What is decided already, here or by another process, is not asked again.
        if (request.Id is { } id
            && await reader.RecallAsync(id, cancellation).ConfigureAwait(false) is not null)
            return null;
        if (await invoices.RecallAsync(request.Invoice, cancellation).ConfigureAwait(false)
            is not { } found)
            return null;
        // The rules know the currencies of ISO 4217 only.
        if (!Iso4217.TryGetScale(found.Invoice.Asset, out _)) return found.Invoice;
        var history = new RecalledHistory(reader);
        foreach (var entry in found.Charges.Prepend(found.Entry)) history.Add(entry);
        var note = await DecideAsync(request, fill, history, cancellation).ConfigureAwait(false);
        if (note is null) return found.Invoice;
        var likely = InvoiceViews.CreditNote(note, found.Invoice);
        foreach (var violation in EnRules.Check(ElectronicInvoice.Of(likely)))
        {
            if (violation.Severity != RuleSeverity.Fatal) continue;
            throw new InvoiceRuleException($"this credit note for {request.Invoice} cannot be "
                + $"sent and got no number: {violation}");
        }
        return found.Invoice;
    }

    // Null where the decision says no. Other credit notes of the invoice are a part of what it is
    // decided on, so they are waited for.
    private async Task<RecalledEntry?> DecideAsync(CreditRequest request, BillingFiller fill,
        RecalledHistory history, CancellationToken cancellation)
    {
        var number = Encoding.UTF8.GetBytes(request.Invoice);
        while (true)
        {
            var notes = await reader.ReadAsync(() => Book.CreditNotesOf(number), cancellation)
                .ConfigureAwait(false);
            var areKnown = true;
            foreach (var note in notes)
                areKnown &= await history.AddInvoiceAsync(note, cancellation).ConfigureAwait(false);
            var (isDecided, entry) = await reader.ReadAsync(
                () => areKnown && Book.CreditNotesOf(number).Count == notes.Count
                    ? (true, Decide(fill, history)) : default, cancellation).ConfigureAwait(false);
            if (isDecided) return entry;
            await reader.RefreshAsync().ConfigureAwait(false);
        }
    }

    private RecalledEntry? Decide(BillingFiller fill, RecalledHistory history)
    {
        var batch = new RequestBatch();
        BillingRequests.Add(batch, EntryKind.CreditNote, "draft", fill);
        var decider = new BillingDecider(Book, history, follows: _ => true);
        return decider.Decide(batch, ref batch[0]) == RefusalCode.None
            ? new RecalledEntry(batch, Height: 0) : null;
    }
}
