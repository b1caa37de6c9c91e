namespace Settle;

/// <summary>A request to revert a transfer, capture or transaction.</summary>
public sealed record RevertRequest
{
    /// <summary>The id of this revert; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the transfer, capture or transaction.</summary>
    public required string Reverts { get; init; }

    /// <summary>
    /// How much of it, with what was reverted before at most the whole; null for all that is left.
    /// Without an asset it is in the transfer's. A transaction is only reverted as a whole.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>Why, for people; at most 1 024 UTF-8 bytes.</summary>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }
}
