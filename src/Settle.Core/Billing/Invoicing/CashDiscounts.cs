namespace Settle.Billing;

/// <summary>
/// Which cash discounts a payment takes (B20): it is made in time, and short of what is open by no
/// more than the discount. Pure.
/// </summary>
internal static class CashDiscounts
{
    /// <summary>Minor units that may be deducted of an invoice on a day.</summary>
    public static long Allowed(BillingBook billing, in InvoiceRow invoice, int day) =>
        invoice.Discounts == 0 || invoice.Discounted > 0 || invoice.WrittenOff > 0
            ? 0 : long.Min(invoice.Open, billing.Discounts(invoice.Discounts)
                .Of(invoice.Amount - invoice.Credited - invoice.Deducted, day - invoice.Date));

    /// <summary>What a payment of one invoice deducts; 0 where it is not such a one.</summary>
    public static long Of(BillingBook billing, in InvoiceRow invoice, long amount, int day)
    {
        var missing = invoice.Open - amount;
        return missing > 0 && missing <= Allowed(billing, invoice, day) ? missing : 0;
    }

    /// <summary>
    /// How many of a customer's oldest open invoices a payment pays, each with its discount: it
    /// comes to that exactly. 0 where it does not, or pays some of them whole.
    /// </summary>
    /// <param name="billing">The state.</param>
    /// <param name="first">The oldest open one; -1 for none.</param>
    /// <param name="amount">Minor units that are paid.</param>
    /// <param name="day">The day of the payment.</param>
    public static int Count(BillingBook billing, int first, long amount, int day)
    {
        Int128 whole = 0, less = 0;
        var (count, found) = (0, 0);
        for (var at = first; at >= 0 && less < amount && count < Limits.AllocationsMax;
            at = billing.Invoices[at].Next)
        {
            ref readonly var invoice = ref billing.Invoices[at];
            if (invoice.Open == 0) continue;
            count++;
            whole += invoice.Open;
            less += invoice.Open - Allowed(billing, invoice, day);
            if (whole == amount) return 0;
            if (less == amount) found = count;
        }
        return found;
    }

    /// <summary>What a discount is of each tax.</summary>
    public static TakenDiscount Taken(
        BillingDecider decider, in InvoiceRow invoice, long amount)
    {
        var (parts, rounding) =
            CreditParts.Of(decider.Billing, invoice, amount, decider.Follows);
        return new TakenDiscount(Encoding.UTF8.GetBytes(decider.Billing.NumberOf(invoice)),
            parts, rounding);
    }

    /// <summary>The discount that an invoice has.</summary>
    public static TakenDiscount Of(BillingBook billing, in InvoiceRow invoice)
    {
        var taxes = new TaxSum[invoice.DiscountTaxCount];
        for (var i = 0; i < taxes.Length; i++)
            taxes[i] = billing.Taxes[invoice.FirstDiscountTax + i];
        return new TakenDiscount(Encoding.UTF8.GetBytes(billing.NumberOf(invoice)),
            taxes, invoice.DiscountRounding);
    }

    /// <summary>Some discounts as an entry has them; nothing for none.</summary>
    public static Slice Append(
        BillingDecider decider, RequestBatch batch, List<TakenDiscount> discounts)
    {
        if (discounts.Count == 0) return default;
        decider.Json.Clear();
        for (var i = 0; i < discounts.Count; i++)
            BillingJson.WriteDiscounted(decider.Json, i == 0, discounts[i]);
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }
}
