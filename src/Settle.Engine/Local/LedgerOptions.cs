namespace Settle;

/// <summary>How to open a ledger.</summary>
public sealed record LedgerOptions
{
    /// <summary>
    /// Whether a file or database that does not exist is an error; otherwise it is made.
    /// </summary>
    public bool MustExist { get; init; }

    /// <summary>Whether the ledger is opened only for reading.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>
    /// A person confirms that blocks which this machine knows are lost, so that the ledger may go
    /// on without them. Without it, nothing can be written to such a ledger. It counts only if
    /// blocks are missing when the ledger is opened, and is recorded in the next block.
    /// </summary>
    public bool AcceptRollback { get; init; }

    /// <summary>
    /// A person confirms that this machine's clock is right, although the newest block lies more
    /// than <see cref="Limits.ClockToleranceSeconds"/> seconds in the future, or more than
    /// <see cref="Limits.ClockJumpDays"/> days in the past. It counts only if that is so when the
    /// ledger is opened, and is recorded in the next block.
    /// </summary>
    public bool AcceptClock { get; init; }

    /// <summary>
    /// Whether documents that clients write into a database are settled while the ledger is open
    /// for writing. Short-lived processes set it to false.
    /// </summary>
    public bool SettlesDocuments { get; init; } = true;

    /// <summary>
    /// The servers of other sites, such as <c>http://office:7171/bank</c>, with which this site
    /// exchanges blocks while it is open for writing. An address may carry its key; the others get
    /// <see cref="ApiKey"/>.
    /// </summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>
    /// How long a request waits at one of several sites for money of others, zero to a minute.
    /// </summary>
    public TimeSpan SiteWait { get; init; }

    /// <summary>The key for a server.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// Receives the height read and the newest height while a long chain is read; may be null.
    /// </summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>
    /// Receives warnings for the user that do not keep the ledger from opening; may be null. It is
    /// called from any thread.
    /// </summary>
    public Action<string>? Warn { get; init; }

    /// <summary>
    /// Told why the ledger has stopped by itself, because what it found cannot be; null for nobody.
    /// It is called from any thread.
    /// </summary>
    public Action<Exception>? Stopped { get; init; }

    /// <inheritdoc cref="HttpLedgerOptions.HttpClient"/>
    public Func<HttpClient>? HttpClient { get; init; }

    /// <summary>The clock; tests can replace it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whose chain it is; a store that has joined another ledger says it.</summary>
    internal string Site { get; init; } = "main";

    /// <summary>What else is known of the time; null for nothing.</summary>
    internal Settling.ClockWitness? ClockWitness { get; init; }

    /// <summary>When the index writes what.</summary>
    internal Index.IndexSizes IndexSizes { get; init; } = new();

    /// <summary>
    /// Where indexes of ledgers without a file are kept; null for the user's cache.
    /// </summary>
    internal string? CacheFolder { get; init; }

    /// <summary>
    /// The documents beside the chain; null for those that go with the store.
    /// </summary>
    internal Stores.ISideDocuments? SideDocuments { get; init; }

    /// <summary>Who runs the work of one ledger; null for threads of its own.</summary>
    internal Scheduling.Scheduler? Scheduler { get; init; }
}
