namespace Settle.Simulation;

/// <content>Reminders: who gets one, of what, and what it costs.</content>
internal sealed partial class BillingBooks
{
    private readonly HashSet<string> _reminders = [];

    private Violation? AuditReminder(AuditedEntry entry, AuditedBill bill)
    {
        var day = AuditedSubscription.Day(bill.Date)!.Value;
        var levels = _seller!.Levels;
        var expected = new List<(string Number, int Level, long Open)>();
        var fee = 0L;
        foreach (var invoice in OpenInvoices(bill.Customer, entry.Asset))
        {
            var due = AuditedSubscription.Day(invoice.Bill["due"])!.Value;
            if (due >= day || invoice.IsHeld || IsCollected(invoice.Bill["number"], day)) continue;
            var level = LevelOf(invoice, levels, due, day);
            if (level > invoice.Level && entry.Asset.Length == 0)
                fee = long.Max(fee, levels[level - 1].Fee);
            expected.Add((invoice.Bill["number"], level, invoice.Open));
        }
        if (!expected.SequenceEqual(bill.Reminded))
            return new("reminder", $"{entry.Id} is of other invoices or levels than it should be");
        var raised = expected.FindAll(each => each.Level > Invoices[each.Number].Level);
        var credit = _credit.GetValueOrDefault((bill.Customer, entry.Asset));
        var owed = expected.Sum(each => each.Open) - long.Max(0, credit);
        if (raised.Count == 0 || owed <= 0 || _customers[bill.Customer].Has("not_reminded"))
            return new("reminder", $"{entry.Id} reminds {bill.Customer}, and should not");
        if (entry.Amount != fee || bill.Number("total") != owed + fee
            || bill.Number("paid") != long.Clamp(credit, 0, fee))
            return new("reminder", $"{entry.Id} asks for {bill.Number("total")}");
        foreach (var (number, level, _) in raised)
            (Invoices[number].Level, Invoices[number].RemindedOn) = (level, day);
        var top = raised.Max(each => each.Level);
        var own = $"{raised.First(each => each.Level == top).Number}-R{top}";
        if (bill["number"] != own && !_reminders.Contains(own) && !Invoices.ContainsKey(own))
            return new("reminder", $"{entry.Id} has the number {bill["number"]}, not {own}");
        if (!_reminders.Add(bill["number"]))
            return new("reminder", $"{bill["number"]} is given twice");
        if (fee == 0) return entry.Postings.Count == 0 ? null : Wrong();
        Invoices.Add(bill["number"], new AuditedInvoice(entry)
        {
            Lines = new AuditedLines(bill, [], "standard"),
        });
        Numbered.Add(entry);
        if (bill.Number("paid") > 0)
            _credit[(bill.Customer, entry.Asset)] = credit - bill.Number("paid");
        return entry.Postings is [{ To: "reminder-fees" } moved] && moved.Amount == fee
            && moved.From == $"receivable:{bill.Customer}" ? null : Wrong();

        Violation Wrong() => new("postings", $"{entry.Id} moves other money than its fee");
    }

    private static int LevelOf(AuditedInvoice invoice,
        IReadOnlyList<(int Days, long Fee)> levels, DateOnly due, DateOnly day)
    {
        var next = invoice.Level;
        if (invoice.Entry.Type == "reminder" || next >= levels.Count) return next;
        var isLate = day >= due.AddDays(levels[next].Days);
        var isRested = next == 0 || day >= invoice.RemindedOn.AddDays(
            levels[next].Days - levels[next - 1].Days);
        return isLate && isRested ? next + 1 : next;
    }
}
