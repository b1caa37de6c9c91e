using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of how an invoice is to be paid.</summary>
internal static class PaymentRules
{
    // SEPA's, and any other, credit transfer: UNTDID 4461.
    private static readonly string[] CreditTransfers = ["30", "58"];

    public static void Check(EnInvoice invoice, Findings found)
    {
        for (var i = 0; i < invoice.Payments.Count; i++)
            Check(invoice, invoice.Payments[i], new FieldPath("payments", i), found);
    }

    private static void Check(
        EnInvoice invoice, EnPayment payment, FieldPath path, Findings found)
    {
        found.Require(payment.MeansCode is not null, "BR-49", path, "means (BT-81)",
            "is missing");
        foreach (var account in payment.Accounts)
            found.Require(Has(account.Id), "BR-50", path, "account (BT-84)", "is missing");
        found.Require(!CreditTransfers.Contains(payment.MeansCode)
            || payment.Accounts.Any(account => account.Id is not null), "BR-61", path,
            "account (BT-84)", "is missing; a credit transfer needs it",
            // CII's official rule asks only where there is an account.
            invoice.IsCreditNote is null && payment.Accounts.Count == 0
                ? RuleSeverity.Warning : RuleSeverity.Fatal);
        found.Require(payment.Card is null || payment.Card.Trim().Length <= 10, "BR-51", path,
            "card (BT-87)", "shows more than 10 digits of the card", RuleSeverity.Warning);
    }
}
