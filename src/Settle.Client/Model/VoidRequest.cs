namespace Settle;

/// <summary>A request to void a hold.</summary>
public sealed record VoidRequest
{
    /// <summary>The id of this void, not of the hold; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the hold.</summary>
    public required string Hold { get; init; }

    /// <summary>Why, for people; at most 1 024 UTF-8 bytes.</summary>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }
}
