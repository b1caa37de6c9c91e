namespace Settle.Stores.CouchDb;

/// <summary>
/// Looks at all copies of a document and keeps what is decided for good. A copy that could not be
/// read is left alone for a moment: to wait for a frozen node takes seconds.
/// </summary>
internal sealed class ClusterLook(CopyReader copies, string location, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile Failure? _failure;

    public DecidedRevisions Decided { get; } = new();

    /// <summary>What the copies say now.</summary>
    /// <exception cref="StoreCorruptException">One was changed or deleted.</exception>
    /// <exception cref="StoreUnavailableException">The cluster cannot be asked.</exception>
    public async Task<CopyVerdict> AskAsync(string id, CancellationToken cancellation)
    {
        if (_failure is { } failure && failure.Id == id
            && clock.GetElapsedTime(failure.Since) < Pause)
            return failure.Verdict;
        var found = await copies.ReadAsync(id, cancellation).ConfigureAwait(false);
        var verdict = CopyVerdict.Of(found);
        if (verdict.State == CopyState.Damaged)
            throw new StoreCorruptException($"{location}: {id} was changed or deleted, which "
                + $"nobody may do: {verdict.Why}; run settle verify");
        if (verdict.State == CopyState.Decided) Decided.Add(id, verdict.Body!.Revision);
        _failure = verdict.State == CopyState.Unreadable
            ? new Failure(id, verdict, clock.GetTimestamp()) : null;
        return verdict;
    }

    /// <summary>A body that some copy holds; null when all were read and none has it.</summary>
    /// <exception cref="StoreUnavailableException">The one that has it may be down.</exception>
    public async Task<CopyBody?> FindAsync(
        string id, Predicate<CopyBody> isWanted, CancellationToken cancellation)
    {
        var found = await copies.ReadAsync(id, cancellation).ConfigureAwait(false);
        var wanted = found.SelectMany(copy => copy.Bodies ?? [])
            .FirstOrDefault(body => isWanted(body));
        if (wanted is not null) return wanted;
        return found.FirstOrDefault(copy => copy.Bodies is null) is { } lost
            ? throw Unreadable(id, lost.Why) : null;
    }

    public StoreUnavailableException Unreadable(string id, string? why) =>
        new($"{location}: which {id} counts cannot be known while a copy is away: {why}");

    private sealed record Failure(string Id, CopyVerdict Verdict, long Since);
}
