namespace Settle.Billing;

/// <summary>
/// Computes invoices: tax per category and rate on the sum of its lines (B5), gross prices so that
/// the amount is what was agreed (B6). Pure.
/// </summary>
internal static class InvoiceMaker
{
    /// <summary>
    /// The items of each invoice, and the tax that replaces theirs: what is out of scope of VAT
    /// stays so, and stands on one of its own, after the other, unless the customer's treatment
    /// makes all of it so (BR-O-11). Deposits stand on others, after these.
    /// </summary>
    public static IEnumerable<(T[] Items, TaxCategory? Treatment)> Separate<T>(
        IReadOnlyList<T> items, TaxCategory? treatment, Func<T, InvoiceItem> itemOf)
    {
        foreach (var (isDeposit, isOther) in
            new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            var part = items.Where(item => itemOf(item).IsDeposit == isDeposit
                && (treatment == TaxCategory.OutOfScope ? !isOther
                : isOther == (itemOf(item).Tax.Category == TaxCategory.OutOfScope))).ToArray();
            if (part.Length > 0) yield return (part, isOther ? null : treatment);
        }
    }

    /// <summary>
    /// An invoice that was made, computed again. The treatment that the customer had then is the
    /// one that gives its taxes.
    /// </summary>
    public static (InvoiceSums Sums, TaxCategory? Treatment) Remake(
        ReadOnlySpan<InvoiceItem> items, List<TaxSum> taxes)
    {
        if (Make(items, null) is { } own && own.Taxes.AsSpan().SequenceEqual(taxes.ToArray()))
            return (own, null);
        var treatment = taxes[0].Term.Category;
        return (Make(items, treatment) ?? throw new BrokenInvariantException(
            "an invoice is out of range of amounts"), treatment);
    }

    /// <summary>Computes an invoice; null when it leaves the range of amounts.</summary>
    /// <param name="items">Its charges.</param>
    /// <param name="treatment">
    /// The tax that replaces that of every charge; null leaves each its own. Gross prices are then
    /// taken without their tax.
    /// </param>
    public static InvoiceSums? Make(ReadOnlySpan<InvoiceItem> items, TaxCategory? treatment)
    {
        var nets = new long[items.Length];
        var groups = Group(items, nets);
        Int128 net = 0, tax = 0, rounding = 0;
        var taxes = new List<TaxSum>(groups.Count);
        foreach (var group in groups.OrderBy(group => group.Term.Category)
            .ThenByDescending(group => group.Term.Rate))
        {
            var (grossNet, difference) = NetOfGross(group.Term, group.Gross, group.Net);
            if (treatment is not null)
            {
                grossNet = NetOf(group.Term, group.Gross);
                difference = 0;
            }
            if (group.Gross != 0) Share(items, nets, group.Term, grossNet);
            var sum = grossNet + group.Net;
            var term = treatment is { } category ? new TaxTerm(category, 0) : group.Term;
            if (sum > Limits.AmountMax) return null;
            Add(taxes, new TaxSum(term, (long)sum, (long)term.Of(sum)));
            net += sum;
            tax += term.Of(sum);
            rounding += difference;
        }
        var amount = net + tax + rounding;
        return Int128.Max(amount, net) > Limits.AmountMax ? null : new InvoiceSums(
            nets, [.. taxes], (long)net, (long)tax, (long)rounding, (long)amount);
    }

    /// <summary>
    /// The net for a gross amount beside a net one of the same tax, and what is missing to it: not
    /// every gross amount is some net with its tax.
    /// </summary>
    public static (Int128 Net, Int128 Missing) NetOfGross(
        TaxTerm term, Int128 gross, Int128 netBeside)
    {
        var likely = NetOf(term, gross);
        var agreed = gross + netBeside + term.Of(netBeside);
        var best = (Net: likely, Missing: Missing(likely));
        foreach (var candidate in (ReadOnlySpan<Int128>)[likely - 1, likely + 1])
        {
            if (candidate < 0 || candidate > gross) continue;
            if (Int128.Abs(Missing(candidate)) < Int128.Abs(best.Missing))
                best = (candidate, Missing(candidate));
        }
        return best;

        Int128 Missing(Int128 net) => agreed - (net + netBeside + term.Of(net + netBeside));
    }

    private static Int128 NetOf(TaxTerm term, Int128 gross) =>
        Rounded.Divide(gross * TaxTerm.Whole, TaxTerm.Whole + term.Rate);

    private static List<(TaxTerm Term, Int128 Gross, Int128 Net)> Group(
        ReadOnlySpan<InvoiceItem> items, long[] nets)
    {
        var groups = new List<(TaxTerm Term, Int128 Gross, Int128 Net)>(2);
        for (var i = 0; i < items.Length; i++)
        {
            var item = items[i];
            var at = 0;
            while (at < groups.Count && groups[at].Term != item.Tax) at++;
            if (at == groups.Count) groups.Add((item.Tax, 0, 0));
            var (term, gross, net) = groups[at];
            if (!item.IsGross) nets[i] = item.Amount;
            groups[at] = item.IsGross
                ? (term, gross + item.Amount, net) : (term, gross, net + item.Amount);
        }
        return groups;
    }

    // With one treatment for all, charges of several rates come into one sum.
    private static void Add(List<TaxSum> taxes, TaxSum more)
    {
        if (taxes.Count > 0 && taxes[^1].Term == more.Term)
        {
            taxes[^1] = taxes[^1] with
            {
                Net = taxes[^1].Net + more.Net, Tax = taxes[^1].Tax + more.Tax,
            };
        }
        else
        {
            taxes.Add(more);
        }
    }

    // Largest remainder: the nets of gross lines are rounded so that they add up.
    private static void Share(
        ReadOnlySpan<InvoiceItem> items, long[] nets, TaxTerm term, Int128 total)
    {
        var lines = new List<(Int128 Remainder, int Index)>();
        var left = total;
        for (var i = 0; i < items.Length; i++)
        {
            if (!items[i].IsGross || items[i].Tax != term) continue;
            var (quotient, remainder) = Int128.DivRem(
                (Int128)items[i].Amount * TaxTerm.Whole, TaxTerm.Whole + term.Rate);
            nets[i] = (long)quotient;
            left -= quotient;
            lines.Add((remainder, i));
        }
        if (left == 0) return;
        lines.Sort((a, b) => a.Remainder != b.Remainder
            ? b.Remainder.CompareTo(a.Remainder) : a.Index.CompareTo(b.Index));
        for (var at = 0; left > 0; left--, at = (at + 1) % lines.Count)
            nets[lines[at].Index]++;
        for (var at = lines.Count - 1; left < 0; at = at == 0 ? lines.Count - 1 : at - 1)
        {
            if (nets[lines[at].Index] == 0) continue;
            nets[lines[at].Index]--;
            left++;
        }
    }
}
