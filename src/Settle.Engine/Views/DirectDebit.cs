using Settle.Billing;

namespace Settle.Views;

/// <summary>How an invoice says that it will be debited: nobody has to pay it otherwise.</summary>
/// <param name="Day">The day it is due, or the next one on which banks work.</param>
/// <param name="Iban">The account that is debited (BT-91).</param>
/// <param name="Mandate">The mandate's reference (BT-89).</param>
/// <param name="Creditor">The seller's identifier (BT-90).</param>
internal sealed record DirectDebit(DateOnly Day, string Iban, string Mandate, string Creditor)
{
    /// <summary>
    /// The debit of an invoice; null if there is none. What the parties were when it was made
    /// decides, so that the same invoice always says the same.
    /// </summary>
    public static DirectDebit? Of(Invoice invoice) =>
        invoice is { IsPayable: true, Asset: SepaOrderKind.Currency,
            Buyer: { Iban: { } iban, Mandate: { } mandate }, Seller.CreditorId: { } creditor }
            && invoice.Prepaid != invoice.Amount && !invoice.Amount.IsZero
            ? new DirectDebit(TargetDays.OnOrAfter(invoice.Due), iban, mandate, creditor) : null;
}
