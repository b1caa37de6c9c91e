using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of each VAT category: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, ...
/// </summary>
internal static class CategoryRules
{
    public static void Check(EnInvoice invoice, Findings found)
    {
        foreach (var rule in CategoryRule.All)
        {
            if (invoice.Lines.Any(Is) || invoice.Allowances.Any(IsOf) || invoice.Charges.Any(IsOf)
                || invoice.Taxes.Any(tax => tax.Category == rule.Code))
            {
                Check(invoice, rule, found);
            }

            bool Is(EnLine line) => line.Category == rule.Code;
            bool IsOf(EnAllowance allowance) => allowance.Category == rule.Code;
        }
        CheckSplitPayment(invoice, found);
    }

    private static void Check(EnInvoice invoice, CategoryRule rule, Findings found)
    {
        CheckCount(invoice, rule, found);
        CheckParties(invoice, rule, found);
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            if (invoice.Lines[i].Category == rule.Code)
                CheckRate(invoice.Lines[i].Rate, rule, "05", new FieldPath("lines", i), found);
        }
        for (var i = 0; i < invoice.Allowances.Count; i++)
        {
            if (invoice.Allowances[i].Category == rule.Code)
            {
                CheckRate(invoice.Allowances[i].Rate, rule, "06", new FieldPath("allowances", i),
                    found);
            }
        }
        for (var i = 0; i < invoice.Charges.Count; i++)
        {
            if (invoice.Charges[i].Category == rule.Code)
                CheckRate(invoice.Charges[i].Rate, rule, "07", new FieldPath("charges", i), found);
        }
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            if (invoice.Taxes[i].Category == rule.Code)
                CheckTax(invoice, invoice.Taxes[i], rule, new FieldPath("taxes", i), found);
        }
        if (rule.Code == "K") CheckDelivery(invoice, found);
        if (rule.Code == "O") CheckAlone(invoice, found);
    }

    private static void CheckCount(EnInvoice invoice, CategoryRule rule, Findings found)
    {
        var count = invoice.Taxes.Count(tax => tax.Category == rule.Code);
        var isUsed = invoice.Lines.Any(line => line.Category == rule.Code)
            || invoice.Allowances.Any(allowance => allowance.Category == rule.Code)
            || invoice.Charges.Any(charge => charge.Category == rule.Code);
        if (rule.HasRates ? isUsed != count > 0 : count != 1)
        {
            found.Add($"{rule.Prefix}-01", "taxes (BG-23)", $"have category {rule.Code} {count} "
                + $"times; {(rule.HasRates ? "it has to be there when it is used, and only then"
                    : "it has to be there once")}", RuleSeverity.Fatal);
        }
        if (!rule.HasRates) return;
        foreach (var rate in invoice.Lines.Where(line => line.Category == rule.Code)
            .Select(line => line.Rate).Distinct())
        {
            if (!invoice.Taxes.Any(tax => tax.Category == rule.Code && tax.Rate == rate))
            {
                found.Add("SETTLE-04", "taxes (BG-23)", $"lack category {rule.Code} with "
                    + $"{Findings.Text(rate)} %, though there is a line of it",
                    RuleSeverity.Inexact);
            }
        }
    }

    // The rules count once for lines, once for allowances and once for charges.
    private static void CheckParties(EnInvoice invoice, CategoryRule rule, Findings found)
    {
        var message = Parties(invoice, rule);
        if (message is null) return;
        const string Field = "seller.vat_id (BT-31), buyer.vat_id (BT-48)";
        found.Require(!invoice.Lines.Any(line => line.Category == rule.Code),
            $"{rule.Prefix}-02", Field, message);
        found.Require(!invoice.Allowances.Any(allowance => allowance.Category == rule.Code),
            $"{rule.Prefix}-03", Field, message);
        found.Require(!invoice.Charges.Any(charge => charge.Category == rule.Code),
            $"{rule.Prefix}-04", Field, message);
    }

    private static string? Parties(EnInvoice invoice, CategoryRule rule)
    {
        var seller = invoice.Seller?.VatId ?? invoice.TaxRepresentative?.VatId;
        var buyer = invoice.Buyer?.VatId;
        if (rule.ForbidsVatIds)
        {
            return seller is null && buyer is null ? null
                : "are given, though nothing here is subject to VAT; leave them out";
        }
        if (seller is null && !(rule.AcceptsTaxNumber && invoice.Seller?.TaxNumber is not null))
        {
            return rule.AcceptsTaxNumber
                ? "lack the seller's; give its VAT id, or its tax number (BT-32)"
                : "lack the seller's; give its VAT id";
        }
        if (!rule.NeedsBuyerVatId || buyer is not null) return null;
        if (!rule.AcceptsBuyerRegistration) return "lack the buyer's; give its VAT id";
        return invoice.Buyer?.Registration?.Value is not null ? null
            : "lack the buyer's; give its VAT id, or its registration id (BT-47)";
    }

    private static void CheckRate(decimal? rate, CategoryRule rule, string number, FieldPath path,
        Findings found)
    {
        var holds = rule.RateMin is null ? rate is null
            : rule.HasRates ? rate > rule.RateMin || (rate == rule.RateMin && !rule.IsRateAboveMin)
            : rate == 0;
        if (holds) return;
        found.Add($"{rule.Prefix}-{number}", path.Of("rate (BT-152, BT-96, BT-103)"),
            $"is {Findings.Text(rate)}; with category {rule.Code} it has to be "
            + (rule.RateMin is null ? "absent" : !rule.HasRates ? "0"
                : rule.IsRateAboveMin ? "more than 0" : "0 or more"), RuleSeverity.Fatal);
    }

    private static void CheckTax(EnInvoice invoice, EnTax tax, CategoryRule rule, FieldPath path,
        Findings found)
    {
        CheckNet(invoice, tax, rule, path, found);
        if (rule.HasRates)
        {
            TaxRules.CheckProduct(tax, $"{rule.Prefix}-09", path, TaxRules.Decimals(invoice),
                found);
        }
        else
        {
            found.Require(tax.Tax is null or 0, $"{rule.Prefix}-09", path, "tax (BT-117)",
                $"has to be 0 with category {rule.Code}");
        }
        var hasReason = tax.Reason is not null || tax.ReasonCode is not null;
        found.Require(hasReason == rule.NeedsReason, $"{rule.Prefix}-10", path,
            "reason (BT-120, BT-121)", rule.NeedsReason
                ? "is missing; say why there is no tax" : "is given, though there is no exemption");
    }

    private static void CheckNet(EnInvoice invoice, EnTax tax, CategoryRule rule, FieldPath path,
        Findings found)
    {
        if (tax.Net is not { } net) return;
        var lines = invoice.Lines.Where(line => Same(line.Category, line.Rate)).ToList();
        var allowances = invoice.Allowances.Where(each => Same(each.Category, each.Rate)).ToList();
        var charges = invoice.Charges.Where(each => Same(each.Category, each.Rate)).ToList();
        var sum = lines.Sum(line => line.Net ?? 0) - allowances.Sum(each => each.Amount ?? 0)
            + charges.Sum(each => each.Amount ?? 0);
        var isUsed = lines.Count + allowances.Count + charges.Count > 0;
        if (net == sum && (isUsed || !rule.HasRates)) return;
        found.Add($"{rule.Prefix}-08", path.Of("net (BT-116)"),
            $"is {Findings.Text(net)}; what has category {rule.Code}"
            + (rule.HasRates ? $" and {Findings.Text(tax.Rate)} %" : "")
            + $" comes to {Findings.Text(sum)}",
            rule.HasRates && isUsed && Math.Abs(net - sum) < 1 ? RuleSeverity.Inexact
                : RuleSeverity.Fatal);

        bool Same(string? category, decimal? rate) =>
            category == rule.Code && (!rule.HasRates || rate == tax.Rate);
    }

    private static void CheckDelivery(EnInvoice invoice, Findings found)
    {
        if (!invoice.Taxes.Any(tax => tax.Category == "K")) return;
        found.Require(Has(invoice.DeliveryDate) || Has(invoice.Period?.Start)
            || Has(invoice.Period?.End), "BR-IC-11", "delivery.date (BT-72), period (BG-14)",
            "are both missing; an intra-community supply needs one of them");
        found.Require(Has(invoice.DeliveryAddress?.Country), "BR-IC-12",
            "delivery.address.country (BT-80)", "is missing; an intra-community supply needs it");
    }

    private static void CheckAlone(EnInvoice invoice, Findings found)
    {
        if (!invoice.Taxes.Any(tax => tax.Category == "O")) return;
        const string Message =
            "mixes what is not subject to VAT with what is; make two invoices of it";
        found.Require(invoice.Taxes.All(tax => tax.Category == "O"), "BR-O-11", "taxes (BG-23)",
            Message);
        found.Require(invoice.Lines.All(line => line.Category == "O"), "BR-O-12",
            "lines.category (BT-151)", Message);
        found.Require(invoice.Allowances.All(each => each.Category == "O"), "BR-O-13",
            "allowances.category (BT-95)", Message);
        found.Require(invoice.Charges.All(each => each.Category == "O"), "BR-O-14",
            "charges.category (BT-102)", Message);
    }

    // Italy's: the buyer pays the tax to the office.
    private static void CheckSplitPayment(EnInvoice invoice, Findings found)
    {
        if (!invoice.Taxes.Any(tax => tax.Category == "B")) return;
        found.Require(invoice.Seller?.Address?.Country == "IT"
            && invoice.Buyer?.Address?.Country == "IT", "BR-B-01", "country (BT-40, BT-55)",
            "is not Italy's, though there is split payment");
        found.Require(!invoice.Taxes.Any(tax => tax.Category == "S"), "BR-B-02",
            "taxes (BG-23)", "mix split payment with the standard category");
    }
}
