namespace Settle;

/// <summary>Another site's server, with which this one exchanges blocks.</summary>
public sealed record Peer
{
    /// <summary>Its address, without a key.</summary>
    public required string Url { get; init; }

    /// <summary>Which site it is; null until it has answered once.</summary>
    public string? Site { get; init; }

    /// <summary>When the last exchange with it was complete, UTC; null for never.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>
    /// How many blocks one of the two had at the last exchange that the other one did not have
    /// when it ended; 0 while all is exchanged.
    /// </summary>
    public long Lag { get; init; }

    /// <summary>Why the last exchange failed; null if it did not.</summary>
    public string? Error { get; init; }
}
