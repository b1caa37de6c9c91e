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
    public static MonthCharge Of(long amount, int month, int start, int end)
    {
        var first = new DateOnly(month / 12, (month % 12) + 1, 1);
        var (from, to) = (first.DayNumber, first.AddMonths(1).DayNumber - 1);
        var (firstDay, lastDay) = (int.Max(from, start), end == 0 ? to : int.Min(to, end));
        var days = lastDay - firstDay + 1;
        return days <= 0 ? default : new MonthCharge(
            (long)Rounded.Divide((Int128)amount * days, to - from + 1), firstDay, lastDay);
    }

    /// <summary>
    /// What the month of a charge comes to by the days that its subscription has now.
    /// </summary>
    /// <param name="subscription">Whose month it is.</param>
    /// <param name="date">A day of it; it stays where no day counts any more.</param>
    public static (long Amount, int Date) Amended(in SubscriptionRow subscription, int date)
    {
        var month = Of(subscription.Amount, Days.MonthOf(date), subscription.Start,
            subscription.End);
        return (month.Amount, month.Amount == 0 ? date : month.LastDay);
    }
}
