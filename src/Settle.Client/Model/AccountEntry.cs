namespace Settle;

/// <summary>One movement of an account, with the balance after it.</summary>
public sealed record AccountEntry
{
    /// <summary>The id of the transfer, transaction, capture or revert.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Its kind: <c>transfer</c>, <c>transaction</c>, <c>capture</c> or <c>revert</c>.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>Minor units; negative if money left the account.</summary>
    public required Int128 Amount { get; init; }

    /// <summary>The account's balance in the asset after it.</summary>
    public required Int128 Balance { get; init; }

    /// <summary>The other account; null if a transaction has several.</summary>
    public string? Counterparty { get; init; }

    /// <inheritdoc cref="Transfer.Timestamp"/>
    public string? Timestamp { get; init; }

    /// <inheritdoc cref="Transfer.Memo"/>
    public string? Memo { get; init; }

    /// <summary>The height of its block.</summary>
    public required long Block { get; init; }

    /// <summary>The time of its block, UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}
