namespace Settle;

/// <summary>The part of a payment that is for one invoice.</summary>
/// <param name="Number">The invoice's number.</param>
/// <param name="Amount">Minor units.</param>
public sealed record PaymentAllocation(string Number, long Amount);
