namespace Settle.Billing;

/// <summary>A charge as an invoice is computed from it.</summary>
/// <param name="Amount">Minor units after the discount, net or gross.</param>
/// <param name="Tax">Its own tax, whatever the customer's treatment.</param>
/// <param name="IsGross">Whether the amount includes the tax.</param>
/// <param name="IsDeposit">Whether it asks for money before the work.</param>
internal readonly record struct InvoiceItem(
    long Amount, TaxTerm Tax, bool IsGross, bool IsDeposit = false);
