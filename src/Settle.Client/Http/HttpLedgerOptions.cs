namespace Settle;

/// <summary>How to talk to a server.</summary>
public sealed record HttpLedgerOptions
{
    /// <summary>
    /// The key, <c>sk_...</c>; null for a server without keys, or when the address has it.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// How long a call may take, with everything it tries. After that it was not applied
    /// (<see cref="StoreUnavailableException"/>) or it is unknown
    /// (<see cref="OutcomeUnknownException"/>).
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same for a run that invoices, which may take longer. It may be asked for again with its
    /// id: it went on meanwhile.
    /// </summary>
    public TimeSpan RunDeadline { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long to wait for one answer before the same request, with the same id, is sent again.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many merged batches may be under way at once. Calls that come meanwhile gather for the
    /// next.
    /// </summary>
    public int BatchesInFlight { get; init; } = 2;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
