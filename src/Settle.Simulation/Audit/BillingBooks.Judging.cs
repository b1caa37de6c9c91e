namespace Settle.Simulation;

/// <content>Which refusal an entry deserves.</content>
internal sealed partial class BillingBooks
{
    /// <summary>The reason an entry should have been rejected for; empty for none.</summary>
    public string Judge(AuditedEntry entry, Books money)
    {
        var bill = entry.Bill!;
        return entry.Type switch
        {
            "seller" => JudgeSeller(bill),
            "opening" => JudgeOpening(bill),
            "charge" when bill.Has("offered") => JudgeOffered(entry, bill),
            "charge" => JudgeCharge(bill),
            "quote" => JudgeQuote(entry, bill),
            "quote_answer" => JudgeAnswer(bill),
            "subscription" when bill["from_day"].Length > 0 => JudgeRepricing(entry, bill),
            "subscription" when bill.Customer.Length == 0 =>
                Subscriptions.ContainsKey(bill["subscription"]) ? "" : "subscription_not_found",
            "subscription" => JudgeWhat(bill) is { Length: > 0 } reason ? reason
                : Subscriptions.ContainsKey(bill["subscription"]) ? "subscription_exists"
                : bill["unit_price"].Length > 0 && AmountOf(bill) < 1 ? "amount_out_of_range" : "",
            "invoice" => JudgeInvoice(entry, bill),
            "credit_note" => JudgeCreditNote(entry),
            "payment" => JudgePayment(entry, money),
            "refund" => JudgeRefund(entry),
            "chargeback" => JudgeChargeback(entry),
            "withdrawal" => JudgeWithdrawal(bill),
            "reminder_hold" => Invoices.ContainsKey(bill["invoice"]) ? "" : "invoice_not_found",
            "sepa_order" => _seller is null ? "seller_missing" : "",
            _ => "",
        };
    }

    private string JudgeWhat(AuditedBill bill)
    {
        if (_seller is null) return "seller_missing";
        if (!_customers.ContainsKey(bill.Customer)) return "unknown_customer";
        var tax = bill["tax"];
        return tax is "0" or "exempt" or "out_of_scope"
            || _seller.TaxRates.Contains(tax) ? "" : "unknown_tax_rate";
    }

    private string JudgeCharge(AuditedBill bill) =>
        JudgeWhat(bill) is { Length: > 0 } reason ? reason
        : bill["unit_price"].Length > 0 && AmountOf(bill) < 0 ? "amount_out_of_range" : "";

    // What is billed, or was withdrawn, keeps its price.
    private string JudgeRepricing(AuditedEntry entry, AuditedBill bill)
    {
        if (!Subscriptions.TryGetValue(bill["subscription"], out var known))
            return "subscription_not_found";
        var from = AuditedSubscription.Day(bill["from_day"])!.Value;
        var charges = Charges.Values.Where(charge => charge.Subscription == bill["subscription"]
            && known.Charged[known.FirstOf(charge.Id)] is var last && last >= from
            && last >= known.FirstOf(charge.Id));
        return charges.Any(charge => !_open.Contains(charge)) ? "subscription_billed"
            : entry.Asset != known.Entry.Asset ? "asset_differs"
            : bill["unit_price"].Length > 0 && AmountOf(bill) < 1 ? "amount_out_of_range" : "";
    }

    private static bool IsAnother(AuditedEntry entry, AuditedBill bill) =>
        bill["unit_price"].Length > 0 && entry.Amount != AmountOf(bill);

    private static (string Quantity, string UnitPrice, long Discount) PriceOf(AuditedBill bill) =>
        (bill["quantity"], bill["unit_price"], bill.Number("discount"));

    private static decimal AmountOf(AuditedBill bill) =>
        AuditedSums.LineOf(bill["quantity"], bill["unit_price"]) - bill.Number("discount");

    private string JudgeCreditNote(AuditedEntry entry)
    {
        var bill = entry.Bill!;
        if (_seller is null) return "seller_missing";
        if (!Invoices.TryGetValue(bill["invoice"], out var invoice)) return "invoice_not_found";
        if (invoice.Entry.Type == "reminder") return "invoice_not_found";
        if (invoice.Entry.Type == "opening") return "invoice_elsewhere";
        if (invoice.SettledBy.Length > 0) return "deposit_settled";
        var isCredited = Numbered.Exists(note => note.Type == "credit_note"
            && note.Bill!["invoice"] == bill["invoice"]);
        var isByLine = bill.Lines.Count > 0;
        if (isCredited && ((bill.Has("rebill") && !isByLine) || invoice.Creditable == 0))
            return "already_credited";
        if (bill.Has("rebill") && invoice.HasWriteOffs) return "exceeds_invoice";
        if (isByLine) return JudgeLines(bill, invoice);
        if (bill.Has("whole"))
            return invoice.HasWriteOffs && invoice.Creditable == 0 ? "exceeds_invoice" : "";
        return entry.Amount > invoice.Creditable ? "exceeds_invoice" : "";
    }

    private static string JudgeLines(AuditedBill bill, AuditedInvoice invoice)
    {
        if (invoice.Lines.WhyNot(bill.Lines, bill.Has("rebill")) is { Length: > 0 } reason)
            return reason;
        var nets = invoice.Lines.NetsOf(invoice.Lines.Of(bill.Lines));
        var isAll = invoice.Left.Values.All(
            left => nets.GetValueOrDefault(left.Term) == left.Net);
        var amount = nets.Sum(net => net.Value
            + AuditedSums.CreditTax(invoice.Left[net.Key], net.Value))
            + (isAll ? invoice.RoundingLeft : 0);
        return amount < 0 || amount > invoice.Creditable ? "exceeds_invoice" : "";
    }

    private string JudgePayment(AuditedEntry entry, Books money)
    {
        var bill = entry.Bill!;
        List<AuditedInvoice> invoices;
        if (bill["invoice"].Length > 0)
        {
            if (!Invoices.TryGetValue(bill["invoice"], out var invoice)) return "invoice_not_found";
            if (invoice.Entry.Asset != entry.Asset) return "asset_differs";
            invoices = [invoice];
        }
        else
        {
            if (!_customers.ContainsKey(bill.Customer)) return "unknown_customer";
            invoices = [.. OpenInvoices(bill.Customer, entry.Asset)];
        }
        if (bill.Has("write_off")) return JudgeWriteOff(entry, invoices);
        return entry.From.Length > 0
            && money.Available(entry.From, entry.Asset) < entry.Amount ? "insufficient_funds" : "";
    }

    private static string JudgeWriteOff(AuditedEntry entry, List<AuditedInvoice> invoices)
    {
        var left = entry.Amount;
        var isBefore = false;
        var isNamed = entry.Bill!["invoice"].Length > 0;
        if (isNamed && invoices[0].IsAwaited)
            return left > invoices[0].Open ? "exceeds_invoice" : "deposit_not_written_off";
        foreach (var invoice in invoices.Where(invoice => invoice.Open > 0 && !invoice.IsAwaited))
        {
            if (left <= 0) break;
            left -= invoice.Open;
            isBefore |= IsBefore(entry.Bill!.Date, invoice.Bill.Date);
        }
        return left > 0 ? "exceeds_invoice" : isBefore ? "write_off_before_invoice" : "";
    }

    private static bool IsBefore(string day, string other) =>
        string.CompareOrdinal(day, other) < 0;
}
