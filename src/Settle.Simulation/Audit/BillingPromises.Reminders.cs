namespace Settle.Simulation;

/// <content>What runs of reminders said, against the chain.</content>
internal sealed partial class BillingPromises
{
    private Violation? AuditReminders()
    {
        var known = auditor.Books.Decided.Values
            .Where(entry => entry is { Type: "reminder", Status: "successful" })
            .ToDictionary(entry => entry.Bill!["number"]);
        foreach (var entry in known.Values)
        {
            var isWanted = record.Wanted.TryGetValue(RunOf(entry), out var wanted)
                && wanted.Exists(wish => wish is { Kind: WishKind.Reminders, Bill: { } run }
                    && !run.IsDryRun && AuditedBill.Text(run.Date) == entry.Bill!.Date
                    && (run.Customer.Length == 0 || run.Customer == entry.Bill.Customer));
            if (!isWanted) return new("origin", $"no run asked for {entry.Id} as it is recorded");
        }
        var toldAsNew = new HashSet<string>();
        foreach (var call in record.Calls.Where(call =>
            call.Wishes[0] is { Kind: WishKind.Reminders, Bill.IsDryRun: false }))
        {
            if (call.Replies is not [{ Reminders: { } run }]) continue;
            foreach (var told in run.Reminders)
            {
                if (!known.TryGetValue(told.Number, out var entry) || entry.Height != told.Block
                    || RunOf(entry) != call.Wishes[0].Id
                    || entry.Bill!.Number("total") != told.Total.Units)
                {
                    return new("answer", $"{call.Machine} said of {call.Wishes[0].Id}: "
                        + $"{told.Number} of {told.Total}; the chain does not");
                }
                if (!told.Replayed && !toldAsNew.Add(told.Number))
                    return new("replayed", $"{told.Number} was made for the first time, twice");
            }
            var missing = known.Values.FirstOrDefault(entry => entry.Height <= call.HeightBefore
                && RunOf(entry) == call.Wishes[0].Id
                && run.Reminders.All(told => told.Number != entry.Bill!["number"])
                && (call.Wishes[0].Bill!.Customer.Length == 0
                    || call.Wishes[0].Bill!.Customer == entry.Bill!.Customer));
            if (missing is not null)
            {
                return new("run", $"{call.Machine} does not say that run {call.Wishes[0].Id} "
                    + $"made {missing.Bill!["number"]} before");
            }
        }
        return null;
    }
}
