namespace Settle.Stores.CouchDb;

/// <summary>
/// Looks at all copies of a document and keeps what is decided for good. A copy that could not be
/// read is left alone for a moment: to wait for a frozen node takes seconds.
/// </summary>
/// <param name="copies">Reads them.</param>
/// <param name="connection">To any node of the cluster.</param>
/// <param name="count">How many copies there are.</param>
/// <param name="isReadOnly">Whether nothing is ever written.</param>
internal sealed class ClusterLook(
    CopyReader copies, CouchConnection connection, int count, bool isReadOnly)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _location = connection.Address.Location;

    private volatile Failure? _failure;

    public DecidedRevisions Decided { get; } = new();

    /// <summary>What the copies say now.</summary>
    /// <exception cref="StoreCorruptException">One was changed or deleted.</exception>
    /// <exception cref="StoreUnavailableException">The cluster cannot be asked.</exception>
    public async Task<CopyVerdict> AskAsync(string id, CancellationToken cancellation)
    {
        if (_failure is { } failure && failure.Id == id
            && connection.Clock.GetElapsedTime(failure.Since) < Pause)
            return failure.Verdict;
        var found = await copies.ReadAsync(id, cancellation).ConfigureAwait(false);
        var verdict = CopyVerdict.Of(found);
        if (verdict.State == CopyState.Damaged)
            throw new StoreCorruptException($"{_location}: {id} was changed or deleted, which "
                + $"nobody may do: {verdict.Why}; run settle verify");
        if (verdict.State == CopyState.Decided)
        {
            if (!verdict.IsEverywhere && !isReadOnly)
                await SpreadAsync(id, verdict.Body!, cancellation).ConfigureAwait(false);
            Decided.Add(id, verdict.Body!.Revision);
        }
        _failure = verdict.State == CopyState.Unreadable
            ? new Failure(id, verdict, connection.Clock.GetTimestamp()) : null;
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

    // Brings the winner to the copies that hold only a loser, as replication would in time. From
    // then on the views of each of them count the winner. Nothing is decided by it.
    private async Task SpreadAsync(string id, CopyBody winner, CancellationToken cancellation)
    {
        var address = string.Create(CultureInfo.InvariantCulture,
            $"{Uri.EscapeDataString(id)}?new_edits=false&w={count}");
        try
        {
            await connection.AskAsync(HttpMethod.Put, address, winner.Json, cancellation)
                .ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            return; // A copy that went away meanwhile gets it from the others.
        }
    }

    public StoreUnavailableException Unreadable(string id, string? why) =>
        new($"{_location}: which {id} counts cannot be known while a copy is away: {why}");

    private sealed record Failure(string Id, CopyVerdict Verdict, long Since);
}
