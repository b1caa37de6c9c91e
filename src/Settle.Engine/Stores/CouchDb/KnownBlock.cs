namespace Settle.Stores.CouchDb;

/// <summary>
/// The newest block that was seen in a database. It must still be there when the next one is
/// written: a database can be restored, or recreated, under a running process. Safe to use from
/// many threads.
/// </summary>
/// <param name="connection">To the database.</param>
internal sealed class KnownBlock(CouchConnection connection)
{
    // A database cannot be deleted and filled again in less.
    private static readonly TimeSpan SureFor = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private string? _id;
    private string? _hash;
    private Look? _look;

    /// <summary>The block, if it is worth a look whether it is still there; else null.</summary>
    public (string Id, string? Hash)? ToLookFor
    {
        get
        {
            lock (_gate)
            {
                return _id is null || (_look is { } look
                    && connection.Clock.GetElapsedTime(look.Since) < SureFor)
                    ? null : (_id, _hash);
            }
        }
    }

    /// <summary>Whether none was seen yet.</summary>
    public bool IsNone
    {
        get
        {
            lock (_gate) return _id is null;
        }
    }

    /// <summary>Whether another block is above it.</summary>
    public bool IsBelow(string id)
    {
        lock (_gate)
            return _id is not null && BlockId.Parse(id) is not null
                && string.CompareOrdinal(_id, id) < 0;
    }

    /// <summary>The moment at which a question is sent, whose answer is noted.</summary>
    public long Ask() => connection.Clock.GetTimestamp();

    /// <summary>A document was seen, or made; only blocks count.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="hash">Its hash; null for none.</param>
    /// <param name="asked">When it was asked for: an answer may be long on its way.</param>
    public void Note(string id, string? hash, long asked)
    {
        if (BlockId.Parse(id) is null) return;
        lock (_gate)
        {
            var order = string.CompareOrdinal(id, _id);
            if (order < 0) return;
            if (order > 0) (_id, _hash) = (id, hash);
            // Another one at its height is looked at before anything is written.
            _look = IsSame(_hash, hash) ? new Look(asked) : null;
        }
    }

    /// <summary>It is not there any more.</summary>
    /// <param name="id">What was there.</param>
    /// <param name="has">What is there instead, in a sentence that begins "it".</param>
    public StoreCorruptException Lost(string id, string has) => new(
        $"{connection.Address.Location} no longer holds the {id} that it held: {has}. It was set "
        + "back to an older state, or recreated, while it was open. End every program that has the "
        + "ledger open, restore the newest state, and start again");

    /// <summary>Whether two hashes can be of one block; null is that of any.</summary>
    public static bool IsSame(string? one, string? other) =>
        one is null || other is null || one == other;

    private sealed record Look(long Since);
}
