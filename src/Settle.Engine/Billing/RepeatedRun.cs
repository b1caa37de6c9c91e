using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// Whether a run whose id somebody chose is the one that had this id before. Asked before anything
/// is made: customers that the first one had nothing of would have got their invoices by the time
/// the others say that the content differs.
/// </summary>
internal sealed class RepeatedRun(LedgerReader reader, RunPlan plan)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <exception cref="IdReusedException">It went through another day.</exception>
    public async Task RequireSameAsync(CancellationToken cancellation)
    {
        if (!plan.MayRepeat) return;
        var ids = await reader.ReadAsync(FirstIds, cancellation).ConfigureAwait(false);
        var known = await reader.MayKnowAsync(ids, cancellation).ConfigureAwait(false);
        foreach (var id in ids.Where((_, i) => known[i]))
        {
            if (await reader.RecallAsync(id, cancellation).ConfigureAwait(false)
                is not { Entry.Kind: EntryKind.Invoice } entry)
                continue;
            if (DifferingField(entry) is { } field)
                throw new IdReusedException(plan.Id, field, entry.Height);
            return; // All of a run go through the same day.
        }
    }

    private string? DifferingField(RecalledEntry entry)
    {
        ref readonly var terms = ref entry.Batch.Billing(entry.Entry);
        return terms.Through != plan.Through ? "through"
            : IsOther(entry.Entry.Memo, plan.Request.Note) ? "note"
            : IsOther(terms.OrderNumber, plan.Request.OrderNumber) ? "order_number"
            : IsOther(terms.BuyerReference, plan.Request.BuyerReference) ? "buyer_reference"
            : null;

        bool IsOther(Slice recorded, string? asked) =>
            entry.Batch.Text(recorded) != (asked ?? "");
    }

    private List<string> FirstIds()
    {
        var ids = new List<string>();
        for (var i = 0; i < Book.Accounts.DurableCount; i++)
        {
            ref readonly var account = ref Book.Accounts[i];
            ids.Add(plan.InvoiceId(Book.CustomerName(account.Customer),
                reader.State.Book.Assets[account.Asset].Code, 1));
        }
        return ids;
    }
}
