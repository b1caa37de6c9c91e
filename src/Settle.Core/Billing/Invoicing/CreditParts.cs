namespace Settle.Billing;

/// <summary>
/// What a credit takes back of each tax of its invoice. Whatever is credited in whatever parts, the
/// parts of each rate add up to the invoice, and each part's tax is that of its net (B8). Pure.
/// </summary>
internal static class CreditParts
{
    // A multiple of this many units has a tax without fraction at any rate of a tenth of a percent.
    private const int SearchMax = 1000;

    /// <param name="billing">The state.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="amount">Minor units, at most what may be credited.</param>
    /// <param name="follows">
    /// Whether the rules of a version count; null for the newest. Before version 6, a whole invoice
    /// was credited without the taxes of what was free of charge, though its lines were there.
    /// </param>
    /// <returns>The parts, and what is credited of the invoice's rounding.</returns>
    public static (TaxSum[] Parts, long Rounding) Of(
        BillingBook billing, in InvoiceRow invoice, long amount,
        Func<byte, bool>? follows = null)
    {
        var left = billing.TaxesOf(invoice);
        if (amount == invoice.Amount && invoice.LastCredit < 0 && left.Length > 1
            && Array.Exists(left, tax => tax.Net == 0) && follows?.Invoke(6) != false)
            return (left, invoice.Rounding);
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
        var (parts, rest) = Split(left, rounding, amount);
        return ([.. parts.Where(part => part.Net != 0 || parts.Length == 1)], rest);
    }

    /// <param name="left">What is not credited yet, per tax.</param>
    /// <param name="roundingLeft">What is left of the invoice's rounding.</param>
    /// <param name="amount">Minor units to credit, at most all that is left.</param>
    /// <returns>The parts, one for each of what is left, and their rounding.</returns>
    private static (TaxSum[] Parts, long Rounding) Split(
        ReadOnlySpan<TaxSum> left, long roundingLeft, long amount)
    {
        Int128 gross = 0;
        foreach (var part in left) gross += part.Net + part.Tax;
        var parts = left.ToArray();
        if (amount == gross + roundingLeft) return (parts, roundingLeft);
        var rounding = amount;
        var shared = Int128.Min(amount, gross);
        // Shares by the running sum: each is rounded, and they add up.
        Int128 before = 0, given = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            before += left[i].Net + left[i].Tax;
            var share = gross == 0 ? 0 : Rounded.Divide(shared * before, gross) - given;
            given += share;
            parts[i] = Part(left[i], (long)share);
            rounding -= parts[i].Net + parts[i].Tax;
        }
        return (parts, rounding);
    }

    // The rest must again be a net with its tax, or the last credit note could not be one.
    private static TaxSum Part(TaxSum left, long share)
    {
        var term = left.Term;
        var likely = (long)InvoiceMaker.NetOfGross(term, share, 0).Net;
        for (var step = 0; step <= SearchMax; step++)
        {
            foreach (var net in (ReadOnlySpan<long>)[likely - step, likely + step])
            {
                if (net < 0 || net > left.Net) continue;
                var tax = (long)term.Of(net);
                if (tax <= left.Tax && (long)term.Of(left.Net - net) == left.Tax - tax)
                    return new TaxSum(term, net, tax);
            }
        }
        return new TaxSum(term, 0, 0);
    }
}
