namespace Settle.Wire;

/// <summary>A revert of the transfer or transaction that the address names.</summary>
internal sealed record RevertBody
{
    /// <inheritdoc cref="RevertRequest.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="RevertRequest.Amount"/>
    public Money? Amount { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    public RevertRequest For(string reverts) => new()
    {
        Id = Id, Reverts = reverts, Amount = Amount, Memo = Memo, Timestamp = Timestamp,
    };
}
