namespace Settle.Stores.CouchDb;

/// <summary>
/// Shows what a cluster gave only when it can no longer lose. Below the newest block the next one
/// names the winner; of the newest, the copies are asked. What CouchDB shows of a conflict is the
/// winner by its own rule, which is not ours.
/// </summary>
internal sealed class ClusterReader(ClusterLook look)
{
    /// <summary>
    /// The winners of a listing, at most so many; a row more than that is only looked at. Ends
    /// before a newest one that is not decided.
    /// </summary>
    /// <exception cref="StoreUnavailableException">A copy is away that is needed.</exception>
    public async Task<List<Document>> ConfirmAsync(
        IReadOnlyList<CouchRow> rows, int limit, CancellationToken cancellation)
    {
        var documents = new List<Document>(rows.Count);
        for (var at = 0; at < rows.Count && at < limit; at++)
        {
            var isLast = at == rows.Count - 1;
            var next = isLast || BlockOrder.Next(rows[at].Id) != rows[at + 1].Id
                ? null : rows[at + 1];
            var (winner, why) = await ConfirmAsync(rows[at], next, cancellation)
                .ConfigureAwait(false);
            if (winner is not null) documents.Add(winner);
            else if (isLast) break;
            else throw look.Unreadable(rows[at].Id, why);
        }
        return documents;
    }

    /// <summary>The winner; null when none is decided, and why.</summary>
    /// <param name="row">What the cluster gave.</param>
    /// <param name="next">The block after it; null when there is none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">A copy is away that is needed.</exception>
    public async Task<(Document? Winner, string? Why)> ConfirmAsync(
        CouchRow row, CouchRow? next, CancellationToken cancellation)
    {
        if (look.Decided.TryFind(row.Id, out var revision))
        {
            if (row.Revision == revision) return (row.Document, null);
            return (await FindAsync(row, body => body.Revision == revision, cancellation)
                .ConfigureAwait(false), null);
        }
        if (next?.Prev is { } hash)
        {
            if (row.Hash != hash)
            {
                return (await FindAsync(row, body => body.Hash.ToString() == hash, cancellation)
                    .ConfigureAwait(false), null);
            }
            look.Decided.Add(row.Id, row.Revision);
            return (row.Document, null);
        }
        var verdict = await look.AskAsync(row.Id, cancellation).ConfigureAwait(false);
        return verdict.State switch
        {
            CopyState.Decided when verdict.Body!.Revision == row.Revision => (row.Document, null),
            CopyState.Decided => (new Document(row.Id, verdict.Body!.Json), null),
            _ => (null, verdict.Why ?? "not every copy has one"),
        };
    }

    // What no copy holds was taken out of the chain: the reader is shown what stands in its place.
    private async Task<Document> FindAsync(
        CouchRow row, Predicate<CopyBody> isWanted, CancellationToken cancellation)
    {
        var body = await look.FindAsync(row.Id, isWanted, cancellation).ConfigureAwait(false);
        if (body is null) return row.Document;
        look.Decided.Add(row.Id, body.Revision);
        return new Document(row.Id, body.Json);
    }
}
