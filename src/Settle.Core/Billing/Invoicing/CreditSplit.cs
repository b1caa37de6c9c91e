namespace Settle.Billing;

/// <summary>
/// Finds net and tax of each rate for an amount that is credited (B8): near what the rates are of
/// the rest, each tax that of its net, and together the amount to the cent wherever there are such
/// sums. Pure.
/// </summary>
internal static class CreditSplit
{
    // How far from its share a net is looked for. Two rates meet every amount long before.
    private const int ReachMax = 12;

    // Better a cent beside the share than a tax that is a cent beside its net.
    private const long Uneven = 100;
    private const long Inexact = 100 * Uneven;

    /// <summary>
    /// The tax of a part of what is left: that of its net, but never so that the rest would be more
    /// than a unit from the tax of its own net. All of the net takes all of the tax.
    /// </summary>
    public static long TaxOf(TaxSum left, long net)
    {
        if (net == left.Net) return left.Tax;
        var tax = (long)left.Term.Of(net);
        var beside = left.Tax - tax - (long)left.Term.Of(left.Net - net);
        tax += beside > 1 ? beside - 1 : beside < -1 ? beside + 1 : 0;
        return long.Clamp(tax, 0, left.Tax);
    }

    /// <summary>
    /// The same, with something left of a net: what is left could not be a credit note if it were
    /// nothing but a rounding.
    /// </summary>
    public static (TaxSum[] Parts, long Rounding) OfSome(ReadOnlySpan<TaxSum> left, long amount)
    {
        (TaxSum[] Parts, long Rounding)? best = null;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].Net == 0) continue;
            var split = Of(left, amount, spared: i);
            if (best is null || long.Abs(split.Rounding) < long.Abs(best.Value.Rounding))
                best = split;
        }
        return best ?? Of(left, amount);
    }

    /// <param name="left">What is not credited yet, per tax.</param>
    /// <param name="amount">Minor units to credit, less than all that is left.</param>
    /// <param name="spared">Of which of them a unit of net must be left; -1 for none.</param>
    /// <returns>
    /// The parts, one for each of what is left, and what no sums of them come to.
    /// </returns>
    public static (TaxSum[] Parts, long Rounding) Of(
        ReadOnlySpan<TaxSum> left, long amount, int spared = -1)
    {
        Int128 gross = 0, before = 0, given = 0;
        foreach (var part in left) gross += part.Net + part.Tax;
        var shared = Int128.Min(amount, gross);
        // The best way so far to each distance from the shares' sum.
        var ways = new SortedDictionary<long, Way> { [0] = new(0, null, default) };
        for (var i = 0; i < left.Length; i++)
        {
            before += left[i].Net + left[i].Tax;
            var share = gross == 0 ? 0 : Rounded.Divide(shared * before, gross) - given;
            given += share;
            ways = Add(ways, left[i], (long)share, left[i].Net - (i == spared ? 1 : 0));
        }
        var missing = amount - (long)shared;
        // Of two that are as near, the one that has more to show.
        var (distance, best) = ways.MinBy(way =>
            (long.Abs(missing - way.Key), way.Value.Cost, -way.Key));
        var parts = new TaxSum[left.Length];
        for (var i = left.Length - 1; i >= 0; i--, best = best.Before!)
            parts[i] = new TaxSum(left[i].Term, best.Part.Net, best.Part.Tax);
        return (parts, missing - distance);
    }

    // Sorted, so that of two equal ways everybody finds the same one first.
    private static SortedDictionary<long, Way> Add(
        SortedDictionary<long, Way> ways, TaxSum left, long share, long netMax)
    {
        var more = new SortedDictionary<long, Way>();
        var likely = (long)InvoiceMaker.NetOfGross(left.Term, share, 0).Net;
        var (from, to) = (long.Max(0, likely - ReachMax), long.Min(netMax, likely + ReachMax));
        for (var net = long.Min(from, to); net <= to; net++)
        {
            var tax = TaxOf(left, net);
            var beside = net + tax - share;
            var cost = long.Abs(beside) + (tax == (long)left.Term.Of(net) ? 0 : Inexact)
                + (left.Tax - tax == (long)left.Term.Of(left.Net - net) ? 0 : Uneven);
            foreach (var (distance, way) in ways)
            {
                var at = distance + beside;
                if (!more.TryGetValue(at, out var known) || known.Cost > way.Cost + cost)
                    more[at] = new Way(way.Cost + cost, way, (net, tax));
            }
        }
        return more;
    }

    private sealed record Way(long Cost, Way? Before, (long Net, long Tax) Part);
}
