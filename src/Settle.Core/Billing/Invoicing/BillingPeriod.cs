namespace Settle.Billing;

/// <summary>
/// The periods of a subscription. They follow each other without a gap, and one begins on the
/// anchor; where that is on the 29th to the 31st, a month that has no such day begins on its last.
/// </summary>
/// <param name="Interval">How long each is.</param>
/// <param name="Anchor">
/// A day on which one begins. 0001-01-01, which is 0, is a Monday and begins a month, a quarter and
/// a year: it gives those of the calendar.
/// </param>
internal readonly record struct BillingPeriod(BillingInterval Interval, int Anchor)
{
    private const int WeekDays = 7;

    /// <summary>The months of the calendar.</summary>
    public static BillingPeriod CalendarMonth => new(BillingInterval.Month, 0);

    /// <summary>Whether periods are the months of the calendar.</summary>
    public bool IsCalendarMonth => this == CalendarMonth;

    /// <summary>The first day of the period that a day belongs to.</summary>
    public int FirstOf(int day)
    {
        if (Interval == BillingInterval.Week)
            return day - (((day - Anchor) % WeekDays) + WeekDays) % WeekDays;
        var first = StartOf(PeriodOf(day));
        return first <= day ? first : StartOf(PeriodOf(day) - 1);
    }

    /// <summary>The last day of the period that a day belongs to.</summary>
    public int LastOf(int day)
    {
        if (Interval == BillingInterval.Week) return FirstOf(day) + WeekDays - 1;
        var period = PeriodOf(day);
        if (StartOf(period) > day) period--;
        return StartOf(period + 1) - 1;
    }

    /// <summary>How many days the period has that a day belongs to.</summary>
    public int DaysOf(int day) => LastOf(day) - FirstOf(day) + 1;

    private int Months => Interval switch
    {
        BillingInterval.Month => 1,
        BillingInterval.Quarter => 3,
        _ => 12,
    };

    // The day of the month may tell that it is the one before.
    private int PeriodOf(int day) =>
        (int)Math.Floor((Days.MonthOf(day) - Days.MonthOf(Anchor)) / (double)Months);

    // From the anchor each time, so that a short month does not shift those behind it.
    private int StartOf(int period) =>
        DateOnly.FromDayNumber(Anchor).AddMonths(period * Months).DayNumber;
}
