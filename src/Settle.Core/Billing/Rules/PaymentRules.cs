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
            Check(invoice.Payments[i], new FieldPath("payments", i), found);
        // UBL's credit notes have no path for a due date.
        found.Require(invoice.IsCreditNote is true || invoice.Totals?.Payable is not > 0
            || Has(invoice.DueDate) || Has(invoice.PaymentTerms), "BR-CO-25",
            "due (BT-9), payment_terms (BT-20)",
            "are both missing, though there is something to pay");
    }

    private static void Check(EnPayment payment, FieldPath path, Findings found)
    {
        found.Require(payment.MeansCode is not null, "BR-49", path, "means (BT-81)",
            "is missing");
        foreach (var account in payment.Accounts)
            found.Require(Has(account.Id), "BR-50", path, "account (BT-84)", "is missing");
        found.Require(!CreditTransfers.Contains(payment.MeansCode)
            || payment.Accounts.Any(account => account.Id is not null), "BR-61", path,
            "account (BT-84)", "is missing; a credit transfer needs it");
        found.Require(payment.Card is null || payment.Card.Trim().Length <= 10, "BR-51", path,
            "card (BT-87)", "shows more than 10 digits of the card", RuleSeverity.Warning);
        if (payment.MeansCode != "58") return;
        foreach (var account in payment.Accounts)
        {
            found.Require(!Has(account.Id) || Iban.IsValid(account.Id), "BR-DE-19", path,
                "account (BT-84)", "is not an IBAN: its check digits are wrong",
                RuleSeverity.Warning);
        }
    }
}
