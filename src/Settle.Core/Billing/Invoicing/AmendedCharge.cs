namespace Settle.Billing;

/// <summary>
/// A charge of a subscription that got another last day after the period was charged (B7).
/// </summary>
/// <param name="Id">The charge.</param>
/// <param name="Amount">What its days come to now, minor units; 0 when none is left.</param>
/// <param name="Date">Its last day that counts.</param>
internal readonly record struct AmendedCharge(byte[] Id, long Amount, int Date);
