namespace Settle.Wire;

/// <summary>A capture of the hold that the address names.</summary>
internal sealed record CaptureBody
{
    /// <inheritdoc cref="CaptureRequest.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="CaptureRequest.Amount"/>
    public Money? Amount { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    public CaptureRequest For(string hold) => new()
    {
        Id = Id, Hold = hold, Amount = Amount, Memo = Memo, Timestamp = Timestamp,
    };
}
