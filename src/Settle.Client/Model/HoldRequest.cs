namespace Settle;

/// <summary>A request to reserve money in the paying account.</summary>
public sealed record HoldRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The account whose money is reserved.</summary>
    public required string From { get; init; }

    /// <summary>The account that a capture pays.</summary>
    public required string To { get; init; }

    /// <summary>Minor units, 1 to 2^53-1.</summary>
    public required long Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    public string? Asset { get; init; }

    /// <summary>
    /// Seconds until it expires, from its block's time; null if it never expires.
    /// </summary>
    public long? ExpiresIn { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    public string? Timestamp { get; init; }

    /// <inheritdoc cref="TransferRequest.Memo"/>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
