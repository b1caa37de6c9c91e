using Settle.Reading;
using Settle.Settling;

namespace Settle.Inbox;

/// <summary>
/// Decides which of several revisions of one document stays: the one whose content the chain
/// decided (I6). The others were never decided and never will be.
/// </summary>
internal sealed class ConflictResolver(
    OutcomeWriter outcomes, Submitter submitter, LedgerReader reader)
{
    /// <summary>Resolves one document.</summary>
    /// <param name="revisions">Those that nothing follows, without those that are gone.</param>
    /// <param name="count">Receives what is decided.</param>
    /// <param name="cancellation">Stops before the outcomes are written.</param>
    /// <returns>What the database said of the writes.</returns>
    public async Task<List<WriteAnswer>> ResolveAsync(List<JsonElement> revisions,
        Action<DocumentOutcome> count, CancellationToken cancellation)
    {
        var scratch = new RequestBatch { KnowsAccount = submitter.KnowsAccount };
        var leaves = revisions.ConvertAll(body => InboxDocument.Read(body, scratch))
            .FindAll(leaf => leaf.IsOurs);
        if (leaves.Count == 0) return [];
        var (kept, outcome) = await DecideAsync(
            await OrderAsync(leaves, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        var wanted = new List<DecidedDocument>(leaves.Count);
        if (kept.IsPending)
        {
            wanted.Add(new DecidedDocument(kept, outcome));
            count(outcome);
        }
        // Who wrote one of the others is told: its last revision goes back to where it came from.
        foreach (var leaf in leaves.Where(leaf => leaf != kept))
        {
            wanted.Add(new DecidedDocument(
                leaf, await DecideAsync(leaf).ConfigureAwait(false), EndsIt: true));
        }
        return wanted.Count == 0 ? []
            : await outcomes.WriteAsync(wanted.ToArray(), cancellation).ConfigureAwait(false);
    }

    private async Task<DocumentOutcome> DecideAsync(InboxDocument leaf)
    {
        if (leaf.Fault is { } fault) return DocumentOutcome.Of(fault);
        var job = submitter.NewJob();
        leaf.Add(job.Batch);
        await submitter.SettleAsync(job).ConfigureAwait(false);
        return DocumentOutcome.Of(job.Verdicts[0]);
    }

    // A stranger who writes under somebody's id must not get there first: what has its outcome goes
    // first, then what its author may spend, and among these the oldest.
    private async Task<List<InboxDocument>> OrderAsync(
        List<InboxDocument> leaves, CancellationToken cancellation)
    {
        var ranked = new List<(int Rank, InboxDocument Leaf)>(leaves.Count);
        foreach (var leaf in leaves)
        {
            var maySpend = leaf.IsTeller || leaf.Payer is not { } payer
                || (leaf.Fault is null && await IsOwnerAsync(
                    payer, leaf.Author!, cancellation).ConfigureAwait(false));
            ranked.Add((leaf.IsPending ? maySpend ? 1 : 2 : 0, leaf));
        }
        return [.. ranked.OrderBy(each => each.Rank).ThenBy(each => each.Leaf.Time)
            .ThenBy(each => each.Leaf.Revision, StringComparer.Ordinal).Select(each => each.Leaf)];
    }

    private async Task<(InboxDocument Kept, DocumentOutcome Outcome)> DecideAsync(
        List<InboxDocument> leaves)
    {
        // Where none was decided, the one that everybody sees is told so.
        var winner = leaves.MaxBy(
            leaf => (Change.GenerationOf(leaf.Revision), leaf.Revision))!.Revision;
        (InboxDocument, DocumentOutcome)? last = null;
        foreach (var leaf in leaves)
        {
            if (leaf.Fault is { } fault)
            {
                if (leaf.Revision == winner || last is null)
                    last = (leaf, DocumentOutcome.Of(fault));
                continue;
            }
            var job = submitter.NewJob();
            leaf.Add(job.Batch);
            await submitter.SettleAsync(job).ConfigureAwait(false);
            var outcome = DocumentOutcome.Of(job.Verdicts[0]);
            if (job.Verdicts[0].Refusal != RefusalCode.IdReused) return (leaf, outcome);
            if (leaf.Revision == winner || last is null) last = (leaf, outcome);
        }
        return last!.Value;
    }

    // As far as is known now.
    private Task<bool> IsOwnerAsync(string account, string user, CancellationToken cancellation)
    {
        var (name, owner) = (Encoding.UTF8.GetBytes(account), Encoding.UTF8.GetBytes(user));
        return reader.ReadAsync(() => reader.Accounts.Find(name) is var number and >= 0
            && reader.State.Book.DurableNotes(reader.State.Book.DurableAccount(number))
                ?.IsOwner(owner) == true, cancellation);
    }
}
