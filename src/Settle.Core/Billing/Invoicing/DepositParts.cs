namespace Settle.Billing;

/// <summary>
/// What a deposit invoice has received, per tax: its tax is due when it is paid (B23). Pure.
/// </summary>
internal static class DepositParts
{
    /// <summary>What a deposit invoice has received, as the state has it.</summary>
    public static TakenDiscount Received(BillingBook billing, in InvoiceRow deposit) =>
        Received(billing, deposit, deposit.Paid);

    /// <summary>What it would have received, if so much were paid of it.</summary>
    public static TakenDiscount Received(BillingBook billing, in InvoiceRow deposit, long paid)
    {
        var (left, rounding) = CreditParts.Left(billing, deposit);
        return Of(Encoding.UTF8.GetBytes(billing.NumberOf(deposit)), left, rounding, paid);
    }

    /// <summary>The parts of what was paid of what is left of a deposit invoice.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="left">What is not credited, per tax.</param>
    /// <param name="rounding">What is not credited of its rounding.</param>
    /// <param name="paid">Minor units.</param>
    public static TakenDiscount Of(byte[] number, TaxSum[] left, long rounding, long paid)
    {
        if (paid <= 0)
            return new TakenDiscount(number, Array.ConvertAll(left, None), 0);
        Int128 all = rounding;
        foreach (var tax in left) all += tax.Net + tax.Tax;
        if (paid >= all) return new TakenDiscount(number, left, rounding);
        var (parts, rest) = CreditSplit.Of(left, paid);
        return new TakenDiscount(number, parts, rest);

        static TaxSum None(TaxSum tax) => tax with { Net = 0, Tax = 0 };
    }

    /// <summary>What came to it, or below zero what left it again.</summary>
    public static TakenDiscount Change(TakenDiscount before, TakenDiscount after)
    {
        var taxes = new TaxSum[after.Taxes.Length];
        for (var i = 0; i < taxes.Length; i++)
        {
            var known = Array.Find(before.Taxes, tax => tax.Term == after.Taxes[i].Term);
            taxes[i] = after.Taxes[i] with
            {
                Net = after.Taxes[i].Net - known.Net, Tax = after.Taxes[i].Tax - known.Tax,
            };
        }
        return new TakenDiscount(after.Invoice, taxes, after.Rounding - before.Rounding);
    }

    /// <summary>What comes to a deposit invoice, if so much is paid of it afterwards.</summary>
    public static TakenDiscount ChangeOf(BillingBook billing, in InvoiceRow deposit, long paid) =>
        Change(Received(billing, deposit), Received(billing, deposit, paid));

    /// <summary>Some as an entry has them; nothing for none.</summary>
    public static Slice Append(
        BillingDecider decider, RequestBatch batch, List<TakenDiscount> parts)
    {
        parts.RemoveAll(part => part.Rounding == 0
            && Array.TrueForAll(part.Taxes, tax => tax is { Net: 0, Tax: 0 }));
        return CashDiscounts.Append(decider, batch, parts);
    }

    /// <summary>The tax that is due by what was received, or no longer.</summary>
    public static void PostDue(RequestBatch batch, ref Request request, TakenDiscount change)
    {
        foreach (var tax in change.Taxes)
        {
            if (tax.Tax == 0) continue;
            BillingDecider.Post(batch, ref request,
                batch.Append("from", BillingAccounts.DepositTax(tax.Term)),
                batch.Append("to", BillingAccounts.Tax(tax.Term)), tax.Tax, isOpposite: false);
        }
    }

    /// <summary>What a deposit invoice asks for, or no longer.</summary>
    public static void Post(RequestBatch batch, ref Request request, Slice customer,
        ReadOnlySpan<TaxSum> taxes, long rounding, bool isOpposite)
    {
        var receivable = BillingDecider.Receivable(batch, customer);
        long net = 0;
        foreach (var tax in taxes) net += tax.Net;
        BillingDecider.Post(batch, ref request, receivable,
            batch.Append(BillingAccounts.DepositInvoices), net, isOpposite);
        foreach (var tax in taxes)
        {
            if (tax.Tax == 0) continue;
            BillingDecider.Post(batch, ref request, receivable,
                batch.Append("to", BillingAccounts.DepositTax(tax.Term)), tax.Tax, isOpposite);
        }
        BillingDecider.Post(batch, ref request, receivable,
            batch.Append(BillingAccounts.Rounding), rounding, isOpposite);
    }
}
