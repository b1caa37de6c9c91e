namespace Settle;

/// <summary>A payment that a line of a bank statement takes back.</summary>
/// <param name="Payment">The payment's id.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Fee">What the bank asks for it; null for nothing.</param>
public sealed record BankReportReturn(string Payment, Money Amount, Money? Fee);
