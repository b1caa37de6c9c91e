namespace Settle;

/// <summary>How to open a ledger.</summary>
public sealed record LedgerOptions
{
    /// <summary>
    /// Whether a file or database that does not exist is an error instead of a new ledger.
    /// </summary>
    public bool MustExist { get; init; }

    /// <summary>Whether it is only read: nothing can be settled.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>
    /// Whether the transfers that clients drop into a database as documents are settled while it is
    /// open for writing. Processes that only live for a moment say no.
    /// </summary>
    public bool SettlesDocuments { get; init; } = true;

    /// <summary>The key for a server.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// Told the height and the newest height while a long chain is read; null for nobody.
    /// </summary>
    public IProgress<OpeningProgress>? Progress { get; init; }

    /// <summary>
    /// Told what the user should know though the ledger opens all the same; null for nobody. It is
    /// called from any thread.
    /// </summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The clock; tests give another one.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>When the index writes what.</summary>
    internal Index.IndexSizes IndexSizes { get; init; } = new();

    /// <summary>
    /// Where indexes of ledgers without a file are kept; null for the user's cache.
    /// </summary>
    internal string? CacheFolder { get; init; }

    /// <summary>
    /// The documents beside the chain; null for those that go with the store.
    /// </summary>
    internal Billing.IPapers? Papers { get; init; }

    /// <summary>Who runs the work of one ledger; null for threads of its own.</summary>
    internal Work? Work { get; init; }
}
