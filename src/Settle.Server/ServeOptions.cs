namespace Settle.Server;

/// <summary>What a server serves, where, and for whom.</summary>
public sealed record ServeOptions
{
    internal const int RequestsPerSecondIfUnset = 20_000;

    // A body is in one array.
    internal const long BodyBytesMost = 1 << 30;

    /// <summary>
    /// Locations of ledgers (<c>bank.db</c>, <c>couchdb://...</c>), or folders: every <c>.db</c>
    /// file in a folder is a ledger, and new ones can be made there.
    /// </summary>
    public required IReadOnlyList<string> Ledgers { get; init; }

    /// <summary>
    /// Servers of other sites with which blocks are exchanged, such as
    /// <c>http://office:7171/bank</c>; where several ledgers are served, <c>NAME=URL</c> says whose
    /// peer it is.
    /// </summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>The key for those peers whose address has none; null for no key.</summary>
    public string? PeerKey { get; init; }

    /// <summary>Address and port; port 0 takes a free one.</summary>
    public string Listen { get; init; } = "127.0.0.1:7171";

    /// <summary>The file of keys; null serves this machine's own programs only.</summary>
    public string? KeysFile { get; init; }

    /// <summary>The largest body of a request, in bytes: 1 to 2^30.</summary>
    public long BodyBytesMax
    {
        get;
        init => field = value is >= 1 and <= BodyBytesMost ? value
            : throw new InvalidRequestException("body-limit", "must be 1 to 1073741824 bytes");
    } = SettleApi.BodyBytesIfUnset;

    /// <summary>
    /// How many requests a key (without keys: an address) may make in a second, at least 1.
    /// </summary>
    public int RequestsPerSecond
    {
        get;
        init => field = value >= 1 ? value
            : throw new InvalidRequestException("rate-limit", "must be at least 1");
    } = RequestsPerSecondIfUnset;

    /// <summary>How long a request may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long requests under way may take to end at shutdown.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a silent stream of events shows that it lives.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether each request is logged.</summary>
    public bool LogRequests { get; init; }

    /// <inheritdoc cref="LedgerOptions.AcceptRollback"/>
    public bool AcceptRollback { get; init; }

    /// <inheritdoc cref="LedgerOptions.AcceptClock"/>
    public bool AcceptClock { get; init; }

    /// <summary>What is logged, to standard error: this level and those above it.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// Whether a person reads the log: a line for each message, in local time; else JSON.
    /// </summary>
    public bool LogsForPeople { get; init; }

    /// <summary>Whether the levels in a log for people are coloured.</summary>
    public bool LogsInColor { get; init; }

    /// <summary>Where the log goes besides; tests read it.</summary>
    internal ILoggerProvider? Log { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
