namespace Settle.Wire;

/// <summary>What the ledger decided about one request of a batch.</summary>
internal sealed record BatchVerdict
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <inheritdoc cref="Transfer.Status"/>
    public required EntryStatus Status { get; init; }

    /// <inheritdoc cref="Transfer.Reason"/>
    public RefusalCode? Reason { get; init; }

    /// <inheritdoc cref="Problem.Account"/>
    public string? Account { get; init; }

    /// <summary>False when there was no such account.</summary>
    public bool? AccountExists { get; init; }

    /// <inheritdoc cref="Problem.Asset"/>
    public string? Asset { get; init; }

    /// <inheritdoc cref="Shortfall.Spendable"/>
    public Money? Spendable { get; init; }

    /// <inheritdoc cref="Shortfall.Needed"/>
    public Money? Needed { get; init; }

    /// <inheritdoc cref="RefusedAccount.Room"/>
    public Money? Room { get; init; }

    /// <inheritdoc cref="HereShortfall.Here"/>
    public Money? Here { get; init; }

    /// <inheritdoc cref="HereShortfall.Total"/>
    public Spendable? Total { get; init; }

    /// <inheritdoc cref="HereShortfall.Asked"/>
    public IReadOnlyList<string>? Asked { get; init; }

    /// <summary>With <c>not_here</c>: the site that decides it.</summary>
    public string? Site { get; init; }

    /// <summary>With <c>not_here</c>: where that site answers, if somebody has said.</summary>
    public string? Url { get; init; }

    /// <inheritdoc cref="Transfer.NewAccounts"/>
    public IReadOnlyList<string>? NewAccounts { get; init; }

    /// <summary>
    /// The height of the block that decided the id; for <c>id_reused</c> the earlier request's.
    /// </summary>
    public required long Block { get; init; }

    /// <summary>Present and true when the id had been decided before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
