namespace Settle;

/// <summary>A decided transaction.</summary>
public sealed record Transaction
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>What it moved, or would have moved.</summary>
    public required IReadOnlyList<Posting> Postings { get; init; }

    /// <inheritdoc cref="Transfer.Status"/>
    public required EntryStatus Status { get; init; }

    /// <inheritdoc cref="Transfer.Reason"/>
    public RefusalCode? Reason { get; init; }

    /// <inheritdoc cref="Transfer.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc cref="Transfer.Memo"/>
    public string? Memo { get; init; }

    /// <inheritdoc cref="Transfer.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <inheritdoc cref="Transfer.Reverts"/>
    public string? Reverts { get; init; }

    /// <inheritdoc cref="Transfer.NewAccounts"/>
    public IReadOnlyList<string>? NewAccounts { get; init; }

    /// <inheritdoc cref="Transfer.DryRun"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun => Balances is not null;

    /// <inheritdoc cref="Transfer.Balances"/>
    public IReadOnlyList<BalanceChange>? Balances { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
