namespace Settle.Bank;

/// <summary>What a bank line seems to be.</summary>
/// <param name="Line">The line.</param>
/// <param name="Certainty">
/// <c>certain</c>: may be posted as it is; <c>doubtful</c>: a person should look; <c>none</c>: no
/// invoice fits, or no money came in.
/// </param>
/// <param name="Reason">Why it is so, for people.</param>
/// <param name="Payments">What would be posted: one payment per invoice that it pays.</param>
internal sealed record BankMatch(BankLine Line, string Certainty, string Reason,
    IReadOnlyList<PaymentRequest> Payments)
{
    public const string Certain = "certain";
    public const string Doubtful = "doubtful";
    public const string None = "none";
}
