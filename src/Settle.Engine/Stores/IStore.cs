namespace Settle.Stores;

/// <summary>
/// All that the ledger asks of a store: durable, atomic create-if-absent of one document, and
/// reading documents back in id order (ids compare by their UTF-8 bytes).
/// </summary>
/// <remarks>
/// Failures are typed: <see cref="StoreUnavailableException"/> (nothing was written),
/// <see cref="WriteOutcomeUnknownException"/> (it may have been),
/// <see cref="DocumentTooLargeException"/> (nothing was written, and never will be),
/// <see cref="StoreCorruptException"/>. Instances are safe to use from many threads.
/// </remarks>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Where the store is, for people; never with a password.</summary>
    string Location { get; }

    /// <summary>
    /// Whether documents come back byte for byte. A store that re-formats JSON says no, and their
    /// canonical form is compared instead.
    /// </summary>
    bool KeepsBytes { get; }

    /// <summary>The store's own clock; null where it has none, or has not said it.</summary>
    StoreClock? Clock => null;

    /// <summary>As far as is known, the largest body it takes, in bytes.</summary>
    int BodyBytesMax => Limits.BlockBytesMax;

    /// <summary>
    /// Creates a document; durable before it answers <see cref="CreateOutcome.Created"/>. Of any
    /// number of racing creates of one id, exactly one is told so. The body may be reused once this
    /// has answered.
    /// </summary>
    ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>
    /// At most <paramref name="limit"/> documents with <paramref name="idFrom"/> &lt;= id &lt;=
    /// <paramref name="idTo"/>, in id order. May miss the newest.
    /// </summary>
    ValueTask<IReadOnlyList<Document>> ReadAsync(string idFrom, string idTo, int limit,
        CancellationToken cancellation);

    /// <summary>
    /// Whether it holds copies of other sites' blocks beside the chain, so that the ledger can have
    /// sites.
    /// </summary>
    bool KeepsCopies => false;

    /// <summary>Creates documents, durably; those whose ids exist stay as they are.</summary>
    /// <exception cref="StoreUnavailableException">Some may be missing: create all again.
    /// </exception>
    ValueTask CreateAllAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        throw new NotSupportedException($"{Location} keeps no copies");

    /// <summary>One document; null when there is none.</summary>
    ValueTask<Document?> GetAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// Makes sure that what was opened is still in its place, and holds what it has held.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It is away.</exception>
    /// <exception cref="StoreCorruptException">
    /// Another one is in its place, or it was set back to an older state.
    /// </exception>
    ValueTask CheckAsync(CancellationToken cancellation) => default;

    /// <summary>Makes sure, as far as that can be known, that a create would work now.</summary>
    /// <param name="hasFailed">Whether the last one did not: then it is worth a try.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SettleException">It would not.</exception>
    ValueTask ProbeAsync(bool hasFailed, CancellationToken cancellation) =>
        CheckAsync(cancellation);

    /// <summary>
    /// The connection to a database that holds more than blocks; null where there is no more.
    /// </summary>
    CouchDb.CouchConnection? Connection => null;

    /// <summary>
    /// Whether it has several copies, each of which may lack what another one has acknowledged.
    /// </summary>
    bool HasCopies => false;

    /// <summary>
    /// Returns when what one copy had of clients' documents, all copies have, so that whichever
    /// answers the next question knows of it.
    /// </summary>
    /// <param name="isWanted">Which ids matter.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">A copy is away.</exception>
    Task WaitForCopiesAsync(Predicate<string> isWanted, CancellationToken cancellation) =>
        Task.CompletedTask;

    /// <summary>What tells of every document that is written there; null for nothing.</summary>
    CouchDb.CouchFeed? Feed => null;

    /// <summary>The documents beside the chain; whoever opens them disposes them.</summary>
    ISideDocuments OpenSideDocuments(bool isReadOnly) => Memory.MemorySideDocuments.Of(this);

    /// <summary>The folder on this machine for the ledger's index; null for none.</summary>
    /// <param name="cacheFolder">
    /// Where stores that are not on this machine have theirs; null for the user's cache.
    /// </param>
    string? IndexPath(string? cacheFolder) => null;

    /// <summary>Brings up to date what the store shows and refuses to its own clients.</summary>
    /// <param name="defaultAsset">The ledger's; empty while it has none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UnauthorizedException">The user may not.</exception>
    Task InstallViewsAsync(string defaultAsset, CancellationToken cancellation) =>
        Task.CompletedTask;

    /// <summary>What is wrong with the store itself, beside what is in it.</summary>
    IEnumerable<string> FindDamage() => [];
}
