namespace Settle.Cli.Output;

/// <summary>Reminders as people read them.</summary>
internal static class ReminderLines
{
    public static string[] Columns { get; } =
        ["Number", "Customer", "Date", "Pay by", "Level>", "Invoices>", "Fee>", "Total>", "Asset"];

    public static string[] Row(Reminder reminder) =>
    [
        reminder.Number, reminder.Customer, Day(reminder.Date), Day(reminder.Due),
        reminder.Level.ToString(CultureInfo.InvariantCulture),
        reminder.Invoices.Count.ToString(CultureInfo.InvariantCulture),
        reminder.Fee?.Digits ?? "", reminder.Total.Digits, reminder.Asset,
    ];

    public static string Text(Reminder reminder)
    {
        var lines = new List<string>
        {
            $"reminder: {reminder.Number} of {Day(reminder.Date)} to {reminder.Customer}, "
                + $"to pay by {Day(reminder.Due)}: {reminder.Total}",
        };
        lines.AddRange(reminder.Invoices.Select(item => string.Create(CultureInfo.InvariantCulture,
            $"  {item.Number} of {Day(item.Date)}, due {Day(item.Due)}, level {item.Level}: "
            + $"{item.Open.Digits}")));
        if (reminder.Credit is { } credit) lines.Add($"  less a credit of {credit.Digits}");
        if (reminder.Fee is { } fee) lines.Add($"  fee {fee.Digits}");
        return string.Join('\n', lines);
    }

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
