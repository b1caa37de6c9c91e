namespace Settle.Billing;

/// <summary>A charge that a credit note opens again.</summary>
/// <param name="Id">The charge.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Date">The day it is for, or its last one.</param>
/// <param name="Tax">Its own tax.</param>
/// <param name="IsGross">Whether the amount includes the tax.</param>
/// <param name="IsAmended">Whether amount and date are not those of its entry (B7).</param>
internal readonly record struct ReopenedCharge(
    byte[] Id, long Amount, int Date, TaxTerm Tax, bool IsGross, bool IsAmended = false);
