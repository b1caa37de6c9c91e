using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// Whether a run whose id somebody chose is the one that had this id before. Asked before anything
/// is made: customers that the first one had nothing of would have got their invoices by the time
/// the others say that the content differs.
/// </summary>
internal sealed class RepeatedRun(LedgerReader reader, AskedRuns runs, RunPlan plan)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <exception cref="IdReusedException">It asked for something else.</exception>
    public async Task RequireSameAsync(CancellationToken cancellation)
    {
        if (!plan.MayRepeat) return;
        var targets = await reader.ReadAsync(FirstTargets, cancellation).ConfigureAwait(false);
        var known = await reader.MayKnowAsync(
            targets.Select(target => target.Id), cancellation).ConfigureAwait(false);
        // All of a run were asked for alike, but for the rate, which is that of their asset.
        var assets = new HashSet<string>(StringComparer.Ordinal);
        long block = 0;
        foreach (var target in targets.Where((_, i) => known[i]))
        {
            if ((assets.Contains(target.Asset) && !IsOfAnother(target))
                || await reader.RecallAsync(target.Id, cancellation).ConfigureAwait(false)
                    is not { Entry.Kind: EntryKind.Invoice or EntryKind.Reminder } entry)
                continue;
            assets.Add(target.Asset);
            if (block == 0) block = entry.Height;
            if (await reader.ReadAsync(() => DifferingField(target, entry), cancellation)
                .ConfigureAwait(false) is { } field)
                throw new IdReusedException(plan.Id, field, entry.Height);
        }
        var first = await runs.FirstAsync(plan.Id, plan.Asked, isMade: block > 0, cancellation)
            .ConfigureAwait(false);
        if (first?.DifferingField(plan.Asked) is { } other)
            throw new IdReusedException(plan.Id, other, block);
    }

    // A run for one customer makes nothing of any other one.
    private bool IsOfAnother(RunTarget target) =>
        plan.Request.Customer is { } only && only != target.Customer;

    private string? DifferingField(RunTarget target, RecalledEntry entry)
    {
        var asked = new RequestBatch();
        plan.Add(asked, target);
        reader.State.Book.Normalize(asked, ref asked[0]);
        return EntryMembers.DifferingField(asked, ref asked[0], entry.Batch, ref entry.Entry)
            ?? (IsOfAnother(target) ? "customer" : null);
    }

    private List<RunTarget> FirstTargets()
    {
        var targets = new List<RunTarget>();
        for (var i = 0; i < Book.Accounts.DurableCount; i++)
            targets.Add(plan.FirstOf(Book, i));
        return targets;
    }
}
