namespace Settle.Billing;

/// <content>Which days of a subscription's months are charged (B7).</content>
internal sealed partial class BillingBook
{
    public VersionedTable<ChargedDays> ChargedDays { get; } = new();

    /// <summary>The first day that a subscription's charge is for, as its id says.</summary>
    /// <param name="subscription">Its number.</param>
    /// <param name="id">The charge's id.</param>
    /// <param name="date">A day of its month.</param>
    public int FirstDayOf(int subscription, ReadOnlySpan<byte> id, int date) =>
        id.Length > Days.TextLength && Days.TryParse(id[^Days.TextLength..], out var first)
            && id[..^(Days.TextLength + 1)].SequenceEqual(SubscriptionNameBytes(subscription))
            ? first
            : int.Max(MonthCharge.FirstOf(Days.MonthOf(date)), Subscriptions[subscription].Start);

    /// <summary>What a charge that no invoice bills comes to by the days that count now.</summary>
    /// <param name="subscription">Whose it is.</param>
    /// <param name="end">The last day that counts; 0 for none.</param>
    /// <param name="id">The charge's id.</param>
    /// <param name="date">Its day; it stays where no day counts any more.</param>
    public (long Amount, int Date) Amended(
        int subscription, int end, ReadOnlySpan<byte> id, int date)
    {
        var first = FirstDayOf(subscription, id, date);
        var last = MonthCharge.LastOf(Days.MonthOf(first));
        if (end != 0) last = int.Min(last, end);
        // Other charges have the days from their first one on.
        foreach (var other in ChargedDaysOf(subscription))
            if (other.First > first && other.First <= last) last = other.First - 1;
        var amount = MonthCharge.Between(Subscriptions[subscription].Amount, first, last).Amount;
        return (amount, amount == 0 ? date : last);
    }

    /// <summary>Notes the days of a charge, where they are not all of its month.</summary>
    /// <param name="subscription">Whose it is.</param>
    /// <param name="id">The charge's id.</param>
    /// <param name="amount">What it comes to.</param>
    /// <param name="date">Its last day.</param>
    public void NoteDays(int subscription, ReadOnlySpan<byte> id, long amount, int date)
    {
        var first = FirstDayOf(subscription, id, date);
        var last = amount == 0 ? first - 1 : date;
        ref readonly var row = ref Subscriptions[subscription];
        for (var at = row.ChargedDays; at > 0; at = ChargedDays[at - 1].Next)
        {
            if (ChargedDays[at - 1].First != first) continue;
            ChargedDays.Touch(at - 1).Last = last;
            return;
        }
        var month = Days.MonthOf(first);
        if (last == MonthCharge.LastOf(month)
            && first == int.Max(MonthCharge.FirstOf(month), row.Start))
            return;
        var added = ChargedDays.Add(
            new ChargedDays { First = first, Last = last, Next = row.ChargedDays });
        Subscriptions.Touch(subscription).ChargedDays = added + 1;
    }

    /// <summary>Notes the days of a charge that is open again, if it is a subscription's.</summary>
    public void NoteDays(in ReopenedCharge charge)
    {
        var colon = charge.Id.AsSpan().LastIndexOf((byte)':');
        if (colon < 0 || FindSubscription(charge.Id.AsSpan(0, colon)) is not (var number and >= 0))
            return;
        // One that is not amended may be another charge that is only called so; a subscription's
        // then has the days that it was noted with, or all of them.
        var first = FirstDayOf(number, charge.Id, charge.Date);
        if (charge.IsAmended || ChargedDaysOf(number).Exists(known => known.First == first))
            NoteDays(number, charge.Id, charge.Amount, charge.Date);
    }

    /// <summary>Whether other charges are for some of the days that one would be for.</summary>
    public bool IsCharged(int subscription, int first, int last) =>
        ChargedDaysOf(subscription).Exists(known => known.First != first
            && known.First <= last && known.Last >= first);

    /// <summary>Whether a durable charge for some days of a month begins on one.</summary>
    public bool IsNoted(int subscription, int first) =>
        DurableDaysOf(subscription).Exists(known => known.First == first);

    /// <summary>The durable days of charged months that count, and no charge is for.</summary>
    public List<(int First, int Last)> MissingDays(int subscription)
    {
        var missing = new List<(int, int)>();
        var end = Subscriptions.Durable(subscription).End;
        var known = DurableDaysOf(subscription);
        for (var i = 0; i < known.Count; i++)
        {
            var last = MonthCharge.LastOf(Days.MonthOf(known[i].First));
            if (end != 0) last = int.Min(last, end);
            if (i + 1 < known.Count) last = int.Min(last, known[i + 1].First - 1);
            if (known[i].Last < last) missing.Add((known[i].Last + 1, last));
        }
        return missing;
    }

    /// <summary>
    /// The last day after a subscription's end that is charged all the same, as its month was
    /// billed; 0 for none. As of the newest durable block.
    /// </summary>
    public int ChargedBeyond(int subscription, int end)
    {
        var row = Subscriptions.Durable(subscription);
        var known = DurableDaysOf(subscription);
        for (var month = row.LastMonth; month >= Days.MonthOf(end) && month > 0; month--)
        {
            var days = known.FindAll(each => Days.MonthOf(each.First) == month);
            var last = days.Count == 0 ? MonthCharge.LastOf(month)
                : days.Where(each => each.Last >= each.First).Select(each => each.Last)
                    .DefaultIfEmpty().Max();
            if (last > end && last >= row.Start) return last;
        }
        return 0;
    }

    private List<ChargedDays> ChargedDaysOf(int subscription)
    {
        var found = new List<ChargedDays>();
        for (var at = Subscriptions[subscription].ChargedDays; at > 0;
            at = ChargedDays[at - 1].Next)
            found.Add(ChargedDays[at - 1]);
        return found;
    }

    private List<ChargedDays> DurableDaysOf(int subscription)
    {
        var found = new List<ChargedDays>();
        for (var at = Subscriptions.Durable(subscription).ChargedDays; at > 0;
            at = ChargedDays[at - 1].Next)
            found.Add(ChargedDays.Durable(at - 1));
        found.Sort((a, b) => a.First.CompareTo(b.First));
        return found;
    }
}
