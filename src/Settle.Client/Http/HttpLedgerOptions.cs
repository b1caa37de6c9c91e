namespace Settle;

/// <summary>Timeouts and the key for a server.</summary>
public sealed record HttpLedgerOptions
{
    /// <summary>
    /// The key, <c>sk_...</c>; null for a server without keys, or if the address contains it.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// How long a call may take, including retries. After that it fails: it was not applied
    /// (<see cref="StoreUnavailableException"/>), or nobody knows
    /// (<see cref="OutcomeUnknownException"/>).
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same for an invoice run, which may take longer. The run continues on the server: call
    /// again with its id to wait for it.
    /// </summary>
    public TimeSpan RunDeadline { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long to wait for one answer before the same request, with the same id, is sent again.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a request waits at one of several sites for money of others, zero to a minute,
    /// beside the deadline.
    /// </summary>
    public TimeSpan SiteWait { get; init; }

    /// <summary>
    /// How many merged batches may be under way at once. Calls made meanwhile are collected for the
    /// next.
    /// </summary>
    public int BatchesInFlight { get; init; } = 2;

    /// <summary>
    /// Gives the client for each request, such as one of a host's <c>IHttpClientFactory</c>; null
    /// for one of the ledger's own. It must not follow redirects or limit the time itself.
    /// </summary>
    public Func<HttpClient>? HttpClient { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
