namespace Settle;

/// <summary>A decided transfer, or the transfer that a capture made.</summary>
public sealed record Transfer : Refusable
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The paying account.</summary>
    public required string From { get; init; }

    /// <summary>The receiving account.</summary>
    public required string To { get; init; }

    /// <summary>What moved, or would have moved.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>Whether it was made.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>Why it was rejected; null if it was not.</summary>
    public RefusalCode? Reason { get; init; }

    /// <summary>If it was rejected for reverting too much: what was left to revert.</summary>
    public Money? Left
    {
        get => Refusal?.Left;
        init => Refusal = value is null ? Refusal : (Refusal ?? new()) with { Left = value };
    }

    /// <summary>When the client says it happened.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>A text for people.</summary>
    public string? Memo { get; init; }

    /// <summary>The client's own key-value pairs.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <summary>The hold that this transfer captured.</summary>
    public string? Hold { get; init; }

    /// <summary>The id of the transfer that this one reverts.</summary>
    public string? Reverts { get; init; }

    /// <summary>How much of it was reverted; null for nothing.</summary>
    public Money? Reverted
    {
        get => (Money?)_reverted;
        init => _reverted = value;
    }

    // Boxed: nearly no transfer has one, and each would be 40 bytes larger for it.
    private readonly object? _reverted;

    /// <summary>The ids of what reverted it, oldest first; null for nothing.</summary>
    public IReadOnlyList<string>? RevertedBy { get; init; }

    /// <summary>
    /// The accounts that exist since this, which is how a mistyped name shows; null for none, in
    /// repeats, and wherever it is read later.
    /// </summary>
    public IReadOnlyList<string>? NewAccounts { get; init; }

    /// <summary>Whether it was only asked what would be decided, and nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun => Balances is not null;

    /// <summary>In a dry run: what it would do to each account; null otherwise.</summary>
    public IReadOnlyList<BalanceChange>? Balances { get; init; }

    /// <summary>The height of the block that decided it; 0 in a dry run.</summary>
    public required long Block { get; init; }

    /// <summary>Whether the id had been decided before this call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }

    /// <summary>
    /// A transfer that was just made, by its request: what is empty is not recorded. A repeat may
    /// be spelled in another way, so it is answered with what the chain has.
    /// </summary>
    internal static Transfer Of(
        TransferRequest request, string id, Money amount, Verdict verdict) => new()
    {
        Id = id,
        From = request.From,
        To = request.To,
        Amount = amount,
        Status = EntryStatus.Successful,
        Timestamp = request.Timestamp,
        Memo = request.Memo is "" ? null : request.Memo,
        Meta = request.Meta is { Count: 0 } ? null : request.Meta,
        NewAccounts = verdict.NewAccounts,
        Block = verdict.Block,
        Replayed = verdict.Replayed,
    };
}
