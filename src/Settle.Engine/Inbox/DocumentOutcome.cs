namespace Settle.Inbox;

/// <summary>What is written on a document: what became of it.</summary>
/// <param name="Status"><c>successful</c> or <c>rejected</c>.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Field">The field that is malformed.</param>
/// <param name="Block">The height of the block that decided its id.</param>
internal sealed record DocumentOutcome(string Status, string? Reason, string? Field, long? Block)
{
    /// <summary>What was short, with <c>insufficient_funds</c>.</summary>
    public Shortfall? Shortfall { get; init; }

    /// <summary>The account that the refusal is about, if it is not about funds.</summary>
    public RefusedAccount? RefusedAccount { get; init; }

    public static DocumentOutcome Of(Verdict verdict) => new(
        verdict.IsSuccessful ? "successful" : "rejected",
        verdict.IsSuccessful ? null : verdict.Refusal.Text(), null, verdict.Block)
    {
        Shortfall = verdict.Shortfall,
        RefusedAccount = verdict.RefusedAccount,
    };

    public static DocumentOutcome Of(InvalidRequestException fault) =>
        new("rejected", $"{fault.Code}: {fault.Message}", fault.Field, null);
}
