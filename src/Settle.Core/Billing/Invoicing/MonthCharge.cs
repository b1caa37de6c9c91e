namespace Settle.Billing;

/// <summary>One month of something that recurs.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="FirstDay">The first day that it is for.</param>
/// <param name="LastDay">The last one.</param>
internal readonly record struct MonthCharge(long Amount, int FirstDay, int LastDay)
{
    /// <summary>The charge for a month; no day of it counts when the amount is 0.</summary>
    /// <param name="amount">Minor units of a whole month.</param>
    /// <param name="month">See <see cref="Days.MonthOf"/>.</param>
    /// <param name="start">The first day that counts.</param>
    /// <param name="end">The last day that counts; 0 for none.</param>
    public static MonthCharge Of(long amount, int month, int start, int end) => Between(amount,
        int.Max(FirstOf(month), start), end == 0 ? LastOf(month) : int.Min(LastOf(month), end));

    /// <summary>The charge for days of one month, by their share of it.</summary>
    public static MonthCharge Between(long amount, int first, int last)
    {
        if (last < first) return default;
        var month = Days.MonthOf(first);
        return new MonthCharge((long)Rounded.Divide((Int128)amount * (last - first + 1),
            LastOf(month) - FirstOf(month) + 1), first, last);
    }

    public static int FirstOf(int month) =>
        new DateOnly(month / 12, (month % 12) + 1, 1).DayNumber;

    public static int LastOf(int month) =>
        DateOnly.FromDayNumber(FirstOf(month)).AddMonths(1).DayNumber - 1;
}
