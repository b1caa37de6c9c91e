namespace Settle.Billing;

/// <summary>
/// What a credit takes back of each tax of its invoice. Whatever is credited in whatever parts, the
/// parts of each rate add up to the invoice (B8). Pure.
/// </summary>
internal static class CreditParts
{
    // A multiple of this many units has a tax without fraction at any rate of a tenth of a percent.
    private const int SearchMax = 1000;

    /// <summary>What is neither credited nor deducted yet: per tax, and of the rounding.</summary>
    public static (TaxSum[] Taxes, long Rounding) Left(BillingBook billing, in InvoiceRow invoice)
    {
        var left = billing.TaxesOf(invoice);
        var rounding = invoice.Rounding - invoice.DiscountRounding;
        for (var i = 0; i < invoice.DiscountTaxCount; i++)
            Take(billing.Taxes[invoice.FirstDiscountTax + i]);
        for (var at = invoice.LastCredit; at >= 0; at = billing.Invoices[at].LastCredit)
        {
            ref readonly var credit = ref billing.Invoices[at];
            rounding -= credit.Rounding;
            foreach (var part in billing.TaxesOf(credit)) Take(part);
        }
        return (left, rounding);

        void Take(TaxSum part)
        {
            var i = Array.FindIndex(left, tax => tax.Term == part.Term);
            left[i] = left[i] with
            {
                Net = left[i].Net - part.Net, Tax = left[i].Tax - part.Tax,
            };
        }
    }

    /// <summary>The parts of an amount.</summary>
    /// <param name="billing">The state.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="amount">Minor units, at most what may be credited.</param>
    /// <param name="follows">
    /// Whether the rules of a version count. Before version 6, a whole invoice was credited without
    /// the taxes of what was free of charge, though its lines were there; before version 8, the
    /// parts of an amount were found one after the other; before version 9, what was left could be
    /// nothing but a rounding.
    /// </param>
    /// <returns>The parts, and what is credited of the invoice's rounding.</returns>
    public static (TaxSum[] Parts, long Rounding) Of(
        BillingBook billing, in InvoiceRow invoice, long amount, Func<byte, bool> follows)
    {
        var (left, rounding) = Left(billing, invoice);
        if (amount == invoice.Amount && invoice.LastCredit < 0 && left.Length > 1
            && Array.Exists(left, tax => tax.Net == 0) && follows(6))
            return (left, rounding);
        var (parts, rest) = Split(left, rounding, amount, follows);
        TaxSum[] some = [.. parts.Where(part => part.Net != 0 || parts.Length == 1)];
        // What older rules left over may be nothing but a rounding, and needs a line too.
        return (some.Length == 0 && follows(9) ? [parts[0]] : some, rest);
    }

    /// <summary>The parts of some lines, of which there is something left.</summary>
    /// <param name="billing">The state.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="nets">What the lines come to, per tax.</param>
    /// <inheritdoc cref="Of(BillingBook, in InvoiceRow, long, Func{byte, bool})"/>
    public static (TaxSum[] Parts, long Rounding) Of(
        BillingBook billing, in InvoiceRow invoice, Dictionary<TaxTerm, long> nets)
    {
        var (left, rounding) = Left(billing, invoice);
        var (parts, isAll) = (new List<TaxSum>(), true);
        foreach (var tax in left)
        {
            isAll &= nets.GetValueOrDefault(tax.Term) == tax.Net;
            if (nets.TryGetValue(tax.Term, out var net))
                parts.Add(new TaxSum(tax.Term, net, CreditSplit.TaxOf(tax, net)));
        }
        return ([.. parts], isAll ? rounding : 0);
    }

    private static (TaxSum[] Parts, long Rounding) Split(
        TaxSum[] left, long roundingLeft, long amount, Func<byte, bool> follows)
    {
        Int128 gross = 0;
        foreach (var part in left) gross += part.Net + part.Tax;
        if (amount == gross + roundingLeft) return ([.. left], roundingLeft);
        var before = SplitOneByOne(left, gross, amount);
        var now = CreditSplit.Of(left, amount);
        var isSame = now.Rounding == before.Rounding
            && now.Parts.AsSpan().SequenceEqual(before.Parts);
        var split = isSame || !follows(8) ? before : now;
        var isAll = split.Parts.Zip(left).All(pair => pair.First.Net == pair.Second.Net);
        return isAll && follows(9) ? CreditSplit.OfSome(left, amount) : split;
    }

    private static (TaxSum[] Parts, long Rounding) SplitOneByOne(
        TaxSum[] left, Int128 gross, long amount)
    {
        var parts = new TaxSum[left.Length];
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
