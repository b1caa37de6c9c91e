namespace Settle.Bank;

/// <summary>What a bank line seems to be.</summary>
/// <param name="Line">The line.</param>
/// <param name="Certainty">
/// Certain: may be posted as it is. Doubtful: a person should look. None: nothing fits, or no money
/// of a customer's moved.
/// </param>
/// <param name="Reason">Why it is so, for people.</param>
/// <param name="Payments">What would be posted: one payment per invoice that it pays.</param>
internal sealed record BankMatch(BankLine Line, BankLineStatus Certainty, string Reason,
    IReadOnlyList<PaymentRequest> Payments)
{
    /// <summary>What would be posted of a return: one per payment that it takes back.</summary>
    public IReadOnlyList<ChargebackRequest> Chargebacks { get; init; } = [];
}
