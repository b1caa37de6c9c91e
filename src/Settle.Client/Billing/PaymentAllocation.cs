namespace Settle;

/// <summary>The part of a payment that is for one invoice.</summary>
/// <param name="Number">The invoice's number.</param>
/// <param name="Amount">How much of the payment.</param>
public sealed record PaymentAllocation(string Number, Money Amount);
