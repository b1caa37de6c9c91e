namespace Settle.Wire;

/// <summary>
/// What the server has checked of a ledger's chain since it started, block by block.
/// </summary>
/// <param name="State">
/// <c>none</c>, <c>running</c>, <c>done</c>, or <c>failed</c> if it could not be ended.
/// </param>
internal sealed record VerificationState(string State)
{
    /// <summary>When it began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The newest block when it began: up to this one every block was checked.</summary>
    public long? Height { get; init; }

    /// <summary>That block's hash, hexadecimal.</summary>
    public string? Hash { get; init; }

    /// <summary>How many blocks were checked so far.</summary>
    public long? Blocks { get; init; }

    /// <summary>How many entries were decided again.</summary>
    public long? Entries { get; init; }

    /// <summary>How many accounts there are.</summary>
    public long? Accounts { get; init; }

    /// <summary>How many faults were found.</summary>
    public int? FaultCount { get; init; }

    /// <summary>The first hundred faults, in the order of the chain.</summary>
    public IReadOnlyList<VerifiedFault>? Faults { get; init; }

    /// <summary>Why it could not be ended.</summary>
    public string? Error { get; init; }
}
