namespace Settle.Billing;

/// <summary>What the days of a subscription come to (B7). Pure.</summary>
/// <param name="Prices">What whole periods cost, the newest word first.</param>
/// <param name="Period">Its periods.</param>
/// <param name="Start">The first day that counts.</param>
/// <param name="End">The last day that counts; 0 for none.</param>
internal sealed record SubscriptionDays(
    IReadOnlyList<SubscriptionPrice> Prices, BillingPeriod Period, int Start, int End)
{
    /// <summary>The price of a day: of those that begin last, the one that was said last.</summary>
    public SubscriptionPrice PriceOf(int day) =>
        Prices.Where(price => price.From <= day).MaxBy(price => price.From);

    /// <summary>
    /// The last day that one charge is for, if its first one is this: the last of the period that
    /// counts, or the one before another price.
    /// </summary>
    public int LastOf(int first)
    {
        var last = Period.LastOf(first);
        if (End != 0) last = int.Min(last, End);
        foreach (var price in Prices)
            if (price.From > first && price.From <= last) last = price.From - 1;
        return last;
    }

    /// <summary>
    /// Whether the price changed since a charge was asked for; its end may have.
    /// </summary>
    public bool IsOutdated(in BillingTerms charge, long amount) =>
        charge.Date > (this with { End = 0 }).LastOf(charge.Start)
        || !PriceOf(charge.Start).IsOf(charge)
        || Between(charge.Start, charge.Date).Amount != amount;

    /// <summary>The first day that counts of a day's period.</summary>
    public int FirstOf(int day) => int.Max(Period.FirstOf(day), Start);

    /// <summary>How many days of its period count, at its price, before a day.</summary>
    public int DaysBefore(int day) => day - int.Max(FirstOf(day), PriceOf(day).From);

    /// <summary>The charge for days of one period and price, by their share of it.</summary>
    public PeriodCharge Between(int first, int last) => last < first ? default
        : new PeriodCharge(PeriodCharge.Share(PriceOf(first).Amount, DaysBefore(first),
            last - first + 1, Period.DaysOf(first)), first, last);

    /// <summary>
    /// The days of the charges for some days, which are of one period or of several; those that
    /// come to nothing too.
    /// </summary>
    public IEnumerable<(int First, int Last)> Split(int first, int last)
    {
        while (first <= last)
        {
            var to = int.Min(LastOf(first), last);
            if (to < first) yield break;
            yield return (first, to);
            first = to + 1;
        }
    }

    /// <summary>
    /// What comes behind the subscription's name in the id of a charge: the month, where it begins
    /// one of the calendar; else its first day.
    /// </summary>
    public string SuffixOf(int first) => Period.IsCalendarMonth && first == FirstOf(first)
        ? Days.Text(first)[..^3] : Days.Text(first);
}
