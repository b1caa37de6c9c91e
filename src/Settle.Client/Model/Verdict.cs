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
}
