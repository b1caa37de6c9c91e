namespace Settle.Billing;

/// <content>Which days of subscriptions are charged (B7).</content>
internal sealed partial class BillingBook
{
    public VersionedTable<ChargedDays> ChargedDays { get; } = new();

    public VersionedTable<PriceRow> Prices { get; } = new();

    /// <summary>What the days of a subscription come to.</summary>
    /// <param name="subscription">Its number.</param>
    public SubscriptionDays DaysOf(int subscription) => DaysOf(Subscriptions[subscription]);

    /// <summary>What they come to as of the newest durable block.</summary>
    /// <inheritdoc cref="DaysOf(int)"/>
    public SubscriptionDays DurableDaysOf(int subscription) =>
        DaysOf(Subscriptions.Durable(subscription));

    /// <summary>The first day that a subscription's charge is for, as its id says.</summary>
    /// <param name="subscription">Its number.</param>
    /// <param name="id">The charge's id.</param>
    /// <param name="date">A day of its period.</param>
    public int FirstDayOf(int subscription, ReadOnlySpan<byte> id, int date) =>
        id.Length > Days.TextLength && Days.TryParse(id[^Days.TextLength..], out var first)
            && id[..^(Days.TextLength + 1)].SequenceEqual(SubscriptionNameBytes(subscription))
            ? first : DaysOf(subscription).FirstOf(date);

    /// <summary>What a charge that no invoice bills comes to by the days that count now.</summary>
    /// <param name="subscription">Whose it is.</param>
    /// <param name="days">What its days come to now.</param>
    /// <param name="id">The charge's id.</param>
    /// <param name="date">Its day; it stays where no day counts any more.</param>
    /// <param name="follows">Whether the rules of a version are followed.</param>
    public (long Amount, int Date) Amended(int subscription, SubscriptionDays days,
        ReadOnlySpan<byte> id, int date, Func<byte, bool> follows)
    {
        var first = FirstDayOf(subscription, id, date);
        var last = days.LastOf(first);
        // Other charges have the days from their first one on.
        foreach (var other in NotedOf(subscription))
            if (other.First > first && other.First <= last) last = other.First - 1;
        var amount = days.Between(first, last).Amount;
        // Before version 9, each charge was rounded by itself.
        var alone = last < first ? 0 : PeriodCharge.Share(
            days.PriceOf(first).Amount, last - first + 1, days.Period.DaysOf(first));
        if (alone != amount && !follows(9)) amount = alone;
        return (amount, amount == 0 ? date : last);
    }

    /// <summary>Notes the days of a charge, where they are not all of its period.</summary>
    /// <param name="subscription">Whose it is.</param>
    /// <param name="id">The charge's id.</param>
    /// <param name="amount">What it comes to.</param>
    /// <param name="date">Its last day.</param>
    public void NoteDays(int subscription, ReadOnlySpan<byte> id, long amount, int date)
    {
        var first = FirstDayOf(subscription, id, date);
        var last = amount == 0 ? first - 1 : date;
        var row = Subscriptions[subscription];
        for (var at = row.ChargedDays; at > 0; at = ChargedDays[at - 1].Next)
        {
            if (ChargedDays[at - 1].First != first) continue;
            ChargedDays.Touch(at - 1).Last = last;
            return;
        }
        if (last == row.Period.LastOf(first)
            && first == int.Max(row.Period.FirstOf(first), row.Start))
            return;
        var added = ChargedDays.Add(
            new ChargedDays { First = first, Last = last, Next = row.ChargedDays });
        Subscriptions.Touch(subscription).ChargedDays = added + 1;
    }

    /// <summary>Notes the days of a charge that is open again, if it is a subscription's.</summary>
    public void NoteDays(in ReopenedCharge charge)
    {
        var colon = charge.Id.AsSpan().LastIndexOf((byte)':');
        if (colon < 0 || FindQuoteOf(charge.Id) >= 0
            || FindSubscription(charge.Id.AsSpan(0, colon)) is not (var number and >= 0))
            return;
        // One that is not amended may be another charge that is only called so; a subscription's
        // then has the days that it was noted with, or all of them.
        var first = FirstDayOf(number, charge.Id, charge.Date);
        if (charge.IsAmended || NotedOf(number).Exists(known => known.First == first))
            NoteDays(number, charge.Id, charge.Amount, charge.Date);
    }

    /// <summary>
    /// Whether a charge was asked for at a price from before the newest one, or days before it were
    /// refused for that: behind it nobody would look for them.
    /// </summary>
    /// <param name="subscription">Whose charge it is.</param>
    /// <param name="charge">The charge.</param>
    /// <param name="amount">What it comes to.</param>
    public bool IsOutdated(int subscription, in BillingTerms charge, long amount)
    {
        var (row, days) = (Subscriptions[subscription], DaysOf(subscription));
        if (days.Prices.Count < 2) return false;
        return days.IsOutdated(charge, amount)
            || days.Split(int.Max(row.ChargedThrough + 1, row.Start), charge.Start - 1)
                .Any(part => days.Between(part.First, part.Last).Amount > 0);
    }

    /// <summary>Whether other charges are for some of the days that one would be for.</summary>
    public bool IsCharged(int subscription, int first, int last) =>
        NotedOf(subscription).Exists(known => known.First != first
            && known.First <= last && known.Last >= first);

    /// <summary>Whether a durable charge for some days of a period begins on one.</summary>
    public bool IsNoted(int subscription, int first) =>
        DurablyNotedOf(subscription).Exists(known => known.First == first);

    /// <summary>
    /// The durable days of charged periods that count, and no charge is for: those of each charge
    /// that is missing.
    /// </summary>
    public List<(int First, int Last)> MissingDays(int subscription)
    {
        var missing = new List<(int, int)>();
        var days = DurableDaysOf(subscription);
        var known = DurablyNotedOf(subscription);
        for (var i = 0; i < known.Count; i++)
        {
            var last = days.Period.LastOf(known[i].First);
            if (i + 1 < known.Count) last = int.Min(last, known[i + 1].First - 1);
            missing.AddRange(days.Split(known[i].Last + 1, last));
        }
        return missing;
    }

    /// <summary>
    /// The charges that have days after a subscription's end all the same, as an invoice bills
    /// them or they were withdrawn: their ids and last days, the last one first. As of the newest
    /// durable block.
    /// </summary>
    public List<(string Id, int Last)> ChargedBeyond(int subscription, int end)
    {
        var (name, days) = (SubscriptionName(subscription), DurableDaysOf(subscription));
        return [.. Charged(
                Subscriptions.Durable(subscription), DurablyNotedOf(subscription), end + 1)
            .OrderByDescending(each => each.Last)
            .Select(each => ($"{name}:{days.SuffixOf(each.First)}", each.Last))];
    }

    /// <summary>
    /// Whether days from one on are charged, and not by charges that are open: they are billed, or
    /// their charges were withdrawn.
    /// </summary>
    /// <param name="subscription">Whose days.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="open">The first days of its open charges.</param>
    public bool IsBilled(int subscription, int from, IReadOnlySet<int> open) =>
        Charged(Subscriptions[subscription], NotedOf(subscription), from)
            .Any(days => !open.Contains(days.First));

    /// <summary>A subscription has a price, or another one from a day on.</summary>
    /// <returns>Where it is, plus one.</returns>
    public int AddPrice(in SubscriptionPrice price, int before) =>
        Prices.Add(new PriceRow { Price = price, Next = before }) + 1;

    // The days of charges that have one from this one on.
    private static IEnumerable<(int First, int Last)> Charged(
        SubscriptionRow row, List<ChargedDays> known, int from)
    {
        for (var last = row.ChargedThrough; last >= int.Max(from, row.Start);)
        {
            var first = int.Max(row.Period.FirstOf(last), row.Start);
            var noted = known.FindAll(each => each.First >= first && each.First <= last);
            if (noted.Count == 0) yield return (first, last);
            foreach (var each in noted)
                if (each.Last >= each.First && each.Last >= from)
                    yield return (each.First, each.Last);
            last = first - 1;
        }
    }

    // A price never changes once it was said, so that the newest one tells them all.
    private SubscriptionDays DaysOf(in SubscriptionRow row)
    {
        var prices = new List<SubscriptionPrice>();
        for (var at = row.Price; at > 0; at = Prices[at - 1].Next) prices.Add(Prices[at - 1].Price);
        return new SubscriptionDays(prices, row.Period, row.Start, row.End);
    }

    private List<ChargedDays> NotedOf(int subscription)
    {
        var found = new List<ChargedDays>();
        for (var at = Subscriptions[subscription].ChargedDays; at > 0;
            at = ChargedDays[at - 1].Next)
            found.Add(ChargedDays[at - 1]);
        return found;
    }

    private List<ChargedDays> DurablyNotedOf(int subscription)
    {
        var found = new List<ChargedDays>();
        for (var at = Subscriptions.Durable(subscription).ChargedDays; at > 0;
            at = ChargedDays[at - 1].Next)
            found.Add(ChargedDays.Durable(at - 1));
        found.Sort((a, b) => a.First.CompareTo(b.First));
        return found;
    }
}
