namespace Settle.Wire;

/// <summary>The void of the hold that the address names.</summary>
internal sealed record VoidBody
{
    /// <inheritdoc cref="VoidRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    public VoidRequest For(string hold) =>
        new() { Id = Id, Hold = hold, Memo = Memo, Timestamp = Timestamp };
}
