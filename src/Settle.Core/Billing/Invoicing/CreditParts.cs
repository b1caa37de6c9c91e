namespace Settle.Billing;

/// <summary>What a credit takes back of each tax of its invoice (B8). Pure.</summary>
internal static class CreditParts
{
    /// <param name="billing">The state.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="amount">Minor units, at most what may be credited.</param>
    /// <returns>The parts, and what is credited of the invoice's rounding.</returns>
    public static (TaxSum[] Parts, long Rounding) Of(
        BillingBook billing, in InvoiceRow invoice, long amount)
    {
        var left = billing.TaxesOf(invoice);
        var rounding = invoice.Rounding;
        for (var at = invoice.LastCredit; at >= 0; at = billing.Invoices[at].LastCredit)
        {
            ref readonly var credit = ref billing.Invoices[at];
            rounding -= credit.Rounding;
            foreach (var part in billing.TaxesOf(credit))
            {
                var i = Array.FindIndex(left, tax => tax.Term == part.Term);
                left[i] = left[i] with
                {
                    Net = left[i].Net - part.Net, Tax = left[i].Tax - part.Tax,
                };
            }
        }
        var (parts, rest) = CreditSplit.Split(left, rounding, amount);
        return ([.. parts.Where(part => part.Net != 0 || parts.Length == 1)], rest);
    }
}
