namespace Settle;

/// <summary>What the ledger decided about one request of a batch.</summary>
/// <param name="Refusal">Why it was refused; <see cref="RefusalCode.None"/> if it was not.</param>
/// <param name="Block">
/// The height of the block that decided the id. For <see cref="RefusalCode.IdReused"/> it is the
/// earlier request's block; this request is not recorded.
/// </param>
/// <param name="Replayed">Whether the id had been decided before.</param>
public readonly record struct Verdict(RefusalCode Refusal, long Block, bool Replayed)
{
    /// <summary>Whether the money moved.</summary>
    public bool IsSuccessful => Refusal == RefusalCode.None;

    /// <summary>
    /// What was short, with <see cref="RefusalCode.InsufficientFunds"/>; null otherwise.
    /// </summary>
    public Shortfall? Shortfall => Detail as Shortfall;

    /// <summary>
    /// The account that the refusal is about, where it is about one and not about funds; null
    /// otherwise.
    /// </summary>
    public RefusedAccount? RefusedAccount => Detail as RefusedAccount;

    /// <summary>
    /// The accounts that exist since this request, which is how a mistyped name shows; null for
    /// none. Only the first answer says so: a repeat makes no account.
    /// </summary>
    public IReadOnlyList<string>? NewAccounts => Detail as IReadOnlyList<string>;

    /// <summary>
    /// What a refusal or a success says beside, never both; for a single account that was opened or
    /// changed, the account.
    /// </summary>
    internal object? Detail { get; init; }

    /// <summary>Whether two verdicts decide the same, whatever they say beside it.</summary>
    public bool Equals(Verdict other) =>
        (Refusal, Block, Replayed) == (other.Refusal, other.Block, other.Replayed);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Refusal, Block, Replayed);
}
