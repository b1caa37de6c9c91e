namespace Settle.Wire;

/// <summary>An error, by RFC 9457 (<c>application/problem+json</c>).</summary>
internal sealed record Problem
{
    /// <summary>Names the kind of problem: <c>urn:settle:</c> and the code.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong here, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The stable code, such as <c>insufficient_funds</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Why the ledger said no; the same as the code.</summary>
    public RefusalCode? Reason { get; init; }

    /// <summary>
    /// The field that is malformed, or that differs from what was decided before.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>The id that the verdict is recorded under.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// The height of the block that decided the id; for <c>id_reused</c> the earlier request's.
    /// </summary>
    public long? Block { get; init; }

    /// <summary>True when the id had been decided before this request.</summary>
    public bool? Replayed { get; init; }

    /// <summary>
    /// <c>not_applied</c> with <c>store_unavailable</c>: nothing was decided. <c>unknown</c> with
    /// <c>outcome_unknown</c>: it may have been. The same id can be sent again in both cases.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>
    /// With <c>insufficient_funds</c>: the account that had to pay. With <c>unknown_account</c>,
    /// <c>account_closed</c> and <c>limit_exceeded</c>: the account that it is about.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>False when there was no such account.</summary>
    public bool? AccountExists { get; init; }

    /// <summary>The asset of the amounts.</summary>
    public string? Asset { get; init; }

    /// <inheritdoc cref="Shortfall.Spendable"/>
    public Money? Spendable { get; init; }

    /// <inheritdoc cref="Shortfall.Needed"/>
    public Money? Needed { get; init; }

    /// <inheritdoc cref="RefusedAccount.Room"/>
    public Money? Room { get; init; }

    /// <summary>With <c>exceeds_transfer</c>: what was left to revert.</summary>
    public Money? Left { get; init; }

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

    /// <summary>The recorded transfer.</summary>
    public Transfer? Transfer { get; init; }

    /// <summary>The recorded hold.</summary>
    public Hold? Hold { get; init; }

    /// <summary>What was short; null if it does not say.</summary>
    [JsonIgnore]
    public Shortfall? Shortfall
    {
        get => Account is { } account && Spendable is { } spendable && Needed is { } needed
            ? new Shortfall
            {
                Account = account, Spendable = spendable, Needed = needed,
                Exists = AccountExists is not false,
            }
            : null;
        init
        {
            if (value is null) return;
            (Account, Asset) = (value.Account, value.Needed.Asset);
            (Spendable, Needed) = (value.Spendable, value.Needed);
            AccountExists = value.Exists ? null : false;
        }
    }

    /// <summary>The account that it is about; null if it is about funds or does not say.</summary>
    [JsonIgnore]
    public RefusedAccount? RefusedAccount
    {
        get => Account is { } account && Needed is null
            ? new RefusedAccount { Account = account, Room = Room } : null;
        init
        {
            if (value is null) return;
            (Account, Asset, Room) = (value.Account, value.Room?.Asset, value.Room);
        }
    }

    /// <summary>How much too much would be reverted; null if it does not say.</summary>
    [JsonIgnore]
    public RevertExcess? Excess
    {
        get => Left is { } left && Needed is { } needed ? new RevertExcess(left, needed) : null;
        init
        {
            if (value is null) return;
            (Asset, Left, Needed) = (value.Left.Asset, value.Left, value.Needed);
        }
    }

    /// <summary>What is at other sites; null if it does not say.</summary>
    [JsonIgnore]
    public HereShortfall? Elsewhere
    {
        get => Account is { } account && Here is { } here && Needed is { } needed
            ? new HereShortfall
            {
                Account = account, Here = here, Needed = needed,
                Total = Total ?? Settle.Spendable.Of(here), Asked = Asked ?? [],
            }
            : null;
        init
        {
            if (value is null) return;
            (Account, Asset, Needed) = (value.Account, value.Needed.Asset, value.Needed);
            (Here, Total, Asked) = (value.Here, value.Total, value.Asked);
        }
    }
}
