using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>What German authorities ask for besides EN 16931: XRechnung 3.0.</summary>
internal static class XRechnungRules
{
    private const string Missing = "is missing; XRechnung needs it";

    private static readonly string[] Types =
        ["326", "380", "384", "389", "381", "875", "876", "877"];

    private static readonly string[] Categories = ["S", "Z", "E", "AE", "K", "G", "L", "M"];

    public static void Check(EnInvoice invoice, EnProfile profile, Findings found)
    {
        found.Require(invoice.Specification is null || IsOf30(invoice.Specification), "BR-DE-21",
            "specification (BT-24)", "is not exactly that of XRechnung 3.0", RuleSeverity.Warning);
        found.Require(Has(invoice.BuyerReference), "BR-DE-15",
            "buyer_reference (BT-10)", "is missing; it is the buyer's Leitweg-ID");
        found.Require(invoice.TypeCode is null || Types.Contains(invoice.TypeCode), "BR-DE-17",
            "type (BT-3)", "is none of those that XRechnung knows", RuleSeverity.Warning);
        found.Require(invoice.TypeCode != "384" || invoice.Preceding.Count > 0, "BR-DE-26",
            "preceding (BG-3)", "is missing in a correction", RuleSeverity.Warning);
        found.Require(Has(invoice.DeliveryDate) || invoice.Period is not null
            || invoice.Lines.All(line => line.Period is not null), "BR-DE-TMP-32",
            "delivery.date (BT-72), period (BG-14)",
            "are both missing, and not every line has its period", RuleSeverity.Warning);
        CheckSeller(invoice, found);
        CheckBuyer(invoice, found);
        CheckPayments(invoice, found);
        found.Require(DiscountLines.IsWellFormed(invoice.PaymentTerms ?? ""), "BR-DE-18",
            "payment_terms (BT-20)", "has a line that begins with # and is not written as "
            + "'#SKONTO#TAGE=14#PROZENT=2.00#', with the end of the line behind it");
        if (profile == EnProfile.XRechnungExtension && invoice.Syntax is { } syntax)
        {
            found.Require(syntax.LinesWithoutTax == 0, "BR-DEX-03", "lines.lines (BG-DEX-01)",
                "have not just one tax each");
            found.Require(!syntax.HasForbiddenLines, "BR-DEX-15", "lines (BG-25)",
                "are within lines, which an XRechnung in CII cannot have", RuleSeverity.Warning);
        }
        if (profile == EnProfile.XRechnungCvd) CleanVehicleRules.Check(invoice, found);
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            found.Require(invoice.Taxes[i].Rate is not null, "BR-DE-14", new FieldPath("taxes", i),
                "rate (BT-119)", Missing);
        }
        found.Require(invoice.Attachments.Where(each => each.FileName is not null)
            .GroupBy(each => each.FileName).All(group => group.Count() == 1), "BR-DE-22",
            "attachments.file_name (BT-125)", "occurs twice");
    }

    private static void CheckSeller(EnInvoice invoice, Findings found)
    {
        var seller = invoice.Seller;
        found.Require(Has(seller?.Address?.City), "BR-DE-3", "seller.city (BT-37)", Missing);
        found.Require(Has(seller?.Address?.PostalCode), "BR-DE-4", "seller.postal_code (BT-38)",
            Missing);
        var needsTaxId = invoice.Lines.Any(line => Categories.Contains(line.Category))
            || invoice.Allowances.Any(each => Categories.Contains(each.Category))
            || invoice.Charges.Any(each => Categories.Contains(each.Category));
        found.Require(!needsTaxId || seller?.VatId is not null || seller?.TaxNumber is not null
            || invoice.TaxRepresentative is not null, "BR-DE-16",
            "seller.vat_id (BT-31), seller.tax_number (BT-32)",
            "are both missing; XRechnung needs one of them");
        if (seller?.Contact is not { } contact)
        {
            found.Add("BR-DE-2", "seller.contact (BG-6)", Missing, RuleSeverity.Fatal);
            return;
        }
        found.Require(Has(contact.Name), "BR-DE-5", "seller.contact (BT-41)", Missing);
        found.Require(Has(contact.Phone), "BR-DE-6", "seller.phone (BT-42)", Missing);
        found.Require(Has(contact.Email), "BR-DE-7", "seller.email (BT-43)", Missing);
        found.Require(contact.Phone is null || contact.Phone.Count(char.IsAsciiDigit) >= 3,
            "BR-DE-27", "seller.phone (BT-42)", "has fewer than 3 digits", RuleSeverity.Warning);
        found.Require(contact.Email is null || IsComplete(contact.Email.Trim()), "BR-DE-28",
            "seller.email (BT-43)", "is not a mail address", RuleSeverity.Warning);
    }

    private static void CheckBuyer(EnInvoice invoice, Findings found)
    {
        found.Require(Has(invoice.Buyer?.Address?.City), "BR-DE-8", "buyer.city (BT-52)", Missing);
        found.Require(Has(invoice.Buyer?.Address?.PostalCode), "BR-DE-9",
            "buyer.postal_code (BT-53)", Missing);
        if (invoice.DeliveryAddress is not { } address) return;
        found.Require(Has(address.City), "BR-DE-10", "delivery.address.city (BT-77)", Missing);
        found.Require(Has(address.PostalCode), "BR-DE-11",
            "delivery.address.postal_code (BT-78)", Missing);
    }

    private static void CheckPayments(EnInvoice invoice, Findings found)
    {
        found.Require(invoice.Payments.Count > 0, "BR-DE-1", "payments (BG-16)",
            "are missing; XRechnung asks how to pay: give the seller's IBAN");
        for (var i = 0; i < invoice.Payments.Count; i++)
        {
            var payment = invoice.Payments[i];
            var path = new FieldPath("payments", i);
            var (hasAccount, hasCard, hasDebit) =
                (payment.Accounts.Count > 0, payment.Card is not null, payment.HasDirectDebit);
            switch (payment.MeansCode)
            {
                case "30" or "58":
                    found.Require(hasAccount, "BR-DE-23-a", path, "account (BG-17)", Missing);
                    found.Require(!hasCard && !hasDebit, "BR-DE-23-b", path, "means (BT-81)",
                        "is a credit transfer; a card or a debit cannot be combined with it");
                    CheckIbans(payment, path, found);
                    break;
                case "48" or "54" or "55":
                    found.Require(hasCard, "BR-DE-24-a", path, "card (BG-18)", Missing);
                    found.Require(!hasAccount && !hasDebit, "BR-DE-24-b", path, "means (BT-81)",
                        "is a card; a transfer or a debit cannot be combined with it");
                    break;
                case "59":
                    found.Require(hasDebit, "BR-DE-25-a", path, "direct_debit (BG-19)", Missing);
                    found.Require(!hasAccount && !hasCard && !payment.HasBank,
                        "BR-DE-25-b", path, "means (BT-81)",
                        "is a debit; a transfer or a card cannot be combined with it");
                    found.Require(Iban.IsValid(payment.DebitedAccount), "BR-DE-20", path,
                        "debited_account (BT-91)", "is not an IBAN", RuleSeverity.Warning);
                    break;
            }
            if (!hasDebit) continue;
            // In CII, either stands for the group, and is not enough alone.
            var isUbl = invoice.IsCreditNote is not null;
            found.Require(payment.Creditor is not null && (isUbl || payment.Mandate is not null
                || payment.DebitedAccount is not null), "BR-DE-30", path, "creditor (BT-90)",
                "is missing, or alone; XRechnung needs it with mandate and account");
            found.Require(payment.DebitedAccount is not null && (isUbl
                || payment.Mandate is not null || payment.Creditor is not null), "BR-DE-31", path,
                "debited_account (BT-91)",
                "is missing, or alone; XRechnung needs it with mandate and creditor");
        }
    }

    private static void CheckIbans(EnPayment payment, FieldPath path, Findings found)
    {
        if (payment.MeansCode != "58") return;
        found.Require(payment.Accounts.Count > 0
            && payment.Accounts.All(account => Iban.IsValid(account.Id)), "BR-DE-19", path,
            "account (BT-84)", "is not an IBAN with right check digits", RuleSeverity.Warning);
    }

    private static bool IsOf30(string specification) =>
        EnProfiles.IsXRechnung(EnProfiles.Of(specification))
        && specification.StartsWith(XRechnung, StringComparison.Ordinal)
        && (specification.Length == XRechnung.Length || specification[XRechnung.Length] == '#');

    // A domain alone, such as a host of one's own network, is not enough.
    private static bool IsComplete(string mail) => MailAddress.Is(mail)
        && mail.AsSpan(mail.IndexOf('@', StringComparison.Ordinal)).Contains('.');
}
