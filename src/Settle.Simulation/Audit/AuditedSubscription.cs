namespace Settle.Simulation;

/// <summary>What recurs, and what was charged of it.</summary>
internal sealed class AuditedSubscription(AuditedEntry entry)
{
    private readonly DateOnly _start = Day(entry.Bill!["start"])!.Value;

    public AuditedEntry Entry { get; } = entry;

    public AuditedBill Bill { get; } = entry.Bill!;

    /// <summary>Every last day that it ever had, newest last; null for none.</summary>
    public List<DateOnly?> Ends { get; } = [Day(entry.Bill!["end"])];

    /// <summary>The first days of the months that were charged.</summary>
    public HashSet<DateOnly> Charged { get; } = [];

    /// <summary>What a month comes to, and on which day it is charged; 0 for nothing.</summary>
    public (decimal Amount, DateOnly Day) Of(DateOnly month, DateOnly? end)
    {
        var last = month.AddMonths(1).AddDays(-1);
        var from = _start > month ? _start : month;
        var to = end < last ? end.Value : last;
        var days = to.DayNumber - from.DayNumber + 1;
        return days <= 0 ? default
            : (AuditedSums.Round((decimal)Entry.Amount * days / last.Day), to);
    }

    /// <summary>What the month of a day comes to now; the day stays where none counts.</summary>
    public (long Amount, string Date) Now(string date)
    {
        var day = Day(date)!.Value;
        var (amount, last) = Of(new DateOnly(day.Year, day.Month, 1), Ends[^1]);
        return ((long)amount, amount == 0 ? date : AuditedBill.Text(last));
    }

    /// <summary>A month that is due up to a day and was not charged; null for none.</summary>
    public DateOnly? FindMissing(DateOnly through)
    {
        for (var month = new DateOnly(_start.Year, _start.Month, 1); month <= through;
            month = month.AddMonths(1))
        {
            var (amount, day) = Of(month, Ends[^1]);
            if (amount > 0 && day <= through && !Charged.Contains(month)) return month;
        }
        return null;
    }

    public static DateOnly? Day(string text) => text.Length == 0 ? null
        : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
