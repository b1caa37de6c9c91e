namespace Settle.Simulation;

/// <summary>What recurs, and what was charged of it.</summary>
internal sealed class AuditedSubscription(AuditedEntry entry)
{
    private readonly DateOnly _start = Day(entry.Bill!["start"])!.Value;

    public AuditedEntry Entry { get; } = entry;

    public AuditedBill Bill { get; } = entry.Bill!;

    /// <summary>Every last day that it ever had, newest last; null for none.</summary>
    public List<DateOnly?> Ends { get; } = [Day(entry.Bill!["end"])];

    /// <summary>What it costs from which day on, the newest word last.</summary>
    public List<(DateOnly From, AuditedEntry Entry)> Prices { get; } = [(default, entry)];

    /// <summary>The first and the last days of its charges; the day before for none.</summary>
    public SortedDictionary<DateOnly, DateOnly> Charged { get; } = [];

    /// <summary>The days of a whole period as its charge says them; 0 for a month.</summary>
    public int PeriodDaysOf(DateOnly day) => IsMonthly ? 0 : LengthOf(PeriodOf(day));

    /// <summary>The entry that says what a day costs.</summary>
    public AuditedEntry PriceOf(DateOnly day) => PricedAt(day).Entry;

    /// <summary>How many days the whole period has that a day belongs to.</summary>
    public int LengthOf(DateOnly day) => LengthOf(PeriodOf(day));

    /// <summary>The first day of a charge: of its month, or the one that its id names.</summary>
    public DateOnly FirstOf(string id)
    {
        var suffix = id[(id.LastIndexOf(':') + 1)..];
        return suffix.Length > "yyyy-MM".Length ? Day(suffix)!.Value
            : Later(Day($"{suffix}-01")!.Value, _start);
    }

    /// <summary>
    /// What a charge is called: by its month where it begins one of the calendar, else by its first
    /// day.
    /// </summary>
    public string IdOf(DateOnly first) => $"{Bill["subscription"]}:" + first.ToString(
        IsMonthly && first == Later(PeriodOf(first).First, _start) ? "yyyy-MM" : "yyyy-MM-dd",
        CultureInfo.InvariantCulture);

    /// <summary>
    /// What the days from one on come to, up to the end of the period, to the subscription's, to
    /// another price, or to those of another charge, and the last one; 0 for nothing.
    /// </summary>
    public (decimal Amount, DateOnly Day) Of(DateOnly first, DateOnly? end)
    {
        var period = PeriodOf(first);
        var last = end < period.Last ? end.Value : period.Last;
        foreach (var other in Charged.Keys.Concat(Prices.Select(price => price.From)))
            if (other > first && other <= last) last = other.AddDays(-1);
        var days = last.DayNumber - first.DayNumber + 1;
        return days <= 0 ? default : (Through(last) - Through(first.AddDays(-1)), last);

        // From the first day of the period that counts at its price, so that parts add up.
        decimal Through(DateOnly day) => AuditedSums.Round((decimal)PriceOf(first).Amount
            * (day.DayNumber - Later(Later(period.First, _start), PricedFrom(first)).DayNumber + 1)
            / LengthOf(period));
    }

    /// <summary>Whether some of the days are charged already.</summary>
    public bool IsCharged(DateOnly first, DateOnly last) =>
        Charged.Any(each => each.Key <= last && each.Value >= first);

    /// <summary>What an open charge comes to now; its day stays where none counts.</summary>
    public (long Amount, string Date) Now(AuditedCharge charge)
    {
        var first = FirstOf(charge.Id);
        var (amount, last) = Of(first, Ends[^1]);
        Charged[first] = amount == 0 ? first.AddDays(-1) : last;
        return ((long)amount, amount == 0 ? charge.Date : AuditedBill.Text(last));
    }

    /// <summary>The first day that is due up to one and was not charged; null for none.</summary>
    public DateOnly? FindMissing(DateOnly through)
    {
        var day = _start;
        while (day <= through)
        {
            var (amount, last) = Of(day, Ends[^1]);
            if (Charged.Where(each => each.Key <= day && each.Value >= day)
                .Select(each => each.Value).DefaultIfEmpty().Max() is var known && known >= day)
                day = known.AddDays(1);
            else if (amount > 0 && last <= through)
                return day;
            else
                day = day.AddDays(1);
        }
        return null;
    }

    public static DateOnly? Day(string text) => text.Length == 0 ? null
        : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsMonthly => Bill["every"].Length + Bill["anchor"].Length == 0;

    private DateOnly PricedFrom(DateOnly day) => PricedAt(day).From;

    private (DateOnly From, AuditedEntry Entry) PricedAt(DateOnly day)
    {
        var found = Prices[0];
        foreach (var price in Prices)
            if (price.From <= day && price.From >= found.From) found = price;
        return found;
    }

    // Step by step from the anchor, or from a day on which every period of a calendar begins.
    private (DateOnly First, DateOnly Last) PeriodOf(DateOnly day)
    {
        var anchor = Day(Bill["anchor"]) ?? new DateOnly(2024, 1, 1);
        var number = 0;
        while (StartOf(number) > day) number--;
        while (StartOf(number + 1) <= day) number++;
        return (StartOf(number), StartOf(number + 1).AddDays(-1));

        DateOnly StartOf(int period) => Bill["every"] switch
        {
            "week" => anchor.AddDays(7 * period),
            "quarter" => anchor.AddMonths(3 * period),
            "year" => anchor.AddYears(period),
            _ => anchor.AddMonths(period),
        };
    }

    private static int LengthOf((DateOnly First, DateOnly Last) period) =>
        period.Last.DayNumber - period.First.DayNumber + 1;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
