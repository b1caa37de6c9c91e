namespace Settle;

/// <summary>One movement of an account, with the balance after it.</summary>
public sealed record AccountEntry
{
    /// <summary>The id of the transfer, transaction, capture or revert.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of entry that moved the money.</summary>
    public required AccountEntryType Type { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>What came in; negative if money left the account.</summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// The account's balance in the asset after it; at one of several sites, what lies at this one
    /// of it, with what was granted before.
    /// </summary>
    public required Money Balance { get; init; }

    /// <summary>The other account; null if a transaction has several.</summary>
    public string? Counterparty { get; init; }

    /// <inheritdoc cref="Transfer.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc cref="Transfer.Memo"/>
    public string? Memo { get; init; }

    /// <summary>Its value date: see <see cref="AsOf.ValueDate"/>.</summary>
    public DateOnly Date { get; init; }

    /// <summary>The height of its block.</summary>
    public required long Block { get; init; }

    /// <summary>The time of its block, UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}
