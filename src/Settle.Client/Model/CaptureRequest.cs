namespace Settle;

/// <summary>A request to capture a hold.</summary>
public sealed record CaptureRequest
{
    /// <summary>The id of this capture, not of the hold; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the hold.</summary>
    public required string Hold { get; init; }

    /// <summary>
    /// At most what is held; null for all of it. Without an asset it is in the hold's.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>Why, for people; at most 1 024 UTF-8 bytes.</summary>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }
}
