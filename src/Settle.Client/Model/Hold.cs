namespace Settle;

/// <summary>A decided hold.</summary>
public sealed record Hold : Refusable
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The account whose money is reserved.</summary>
    public required string From { get; init; }

    /// <summary>The account that a capture pays.</summary>
    public required string To { get; init; }

    /// <summary>What was reserved.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <inheritdoc cref="Transfer.Status"/>
    public required EntryStatus Status { get; init; }

    /// <inheritdoc cref="Transfer.Reason"/>
    public RefusalCode? Reason { get; init; }

    /// <summary>What became of it; null if it was rejected.</summary>
    public HoldState? State { get; init; }

    /// <summary>How much of it was captured; null for nothing.</summary>
    public Money? Captured { get; init; }

    /// <summary>The id of the capture or void that ended it; null for none.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The memo of the capture or void that ended it.</summary>
    public string? EndMemo { get; init; }

    /// <summary>When it expires by itself, UTC.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <inheritdoc cref="Transfer.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc cref="Transfer.Memo"/>
    public string? Memo { get; init; }

    /// <inheritdoc cref="Transfer.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <inheritdoc cref="Transfer.NewAccounts"/>
    public IReadOnlyList<string>? NewAccounts { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
