namespace Settle.Billing;

/// <summary>A charge that a credit note opens again.</summary>
internal readonly record struct ReopenedCharge(
    byte[] Id, long Amount, int Date, TaxTerm Tax, bool IsGross);
