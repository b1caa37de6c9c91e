namespace Settle.Simulation;

/// <content>What banks are told: each invoice is collected once, each refund paid once.</content>
internal sealed partial class BillingBooks
{
    private const string Euro = "EUR";

    private readonly Dictionary<string, AuditedEntry> _orders = [];
    private readonly Dictionary<string, AuditedEntry> _refunds = [];

    // Which order has an invoice or a refund.
    private readonly Dictionary<(bool IsRefund, string Number), string> _ordered = [];

    // Invoices whose money came and went back: they were collected.
    private readonly HashSet<string> _returned = [];

    public IReadOnlyDictionary<string, AuditedEntry> Orders => _orders;

    private Violation? AuditOrder(AuditedEntry entry, AuditedBill bill)
    {
        var isRefund = bill.Has("refunds");
        if (bill.Items.Sum(item => item.Amount) != entry.Amount)
            return new("sums", $"{entry.Id} is not the sum of what it has");
        if (bill["cancels"].Length > 0) return AuditCancel(entry, bill, isRefund);
        if (bill["seller"] != _seller!.Profile)
            return new("verdict", $"{entry.Id} is not as the seller is");
        _orders.Add(entry.Id, entry);
        foreach (var item in bill.Items)
        {
            var key = (isRefund, item.Number);
            if (_ordered.TryGetValue(key, out var other))
                return new("twice", $"{item.Number} is in {other} and in {entry.Id}");
            var (open, customer, asset) = OrderedOf(isRefund, item.Number);
            if (open != item.Amount || asset != Euro)
            {
                return new("order", $"{entry.Id} has {item.Amount} of {item.Number}, of which "
                    + $"{open} {asset} is open");
            }
            if (_customers[customer].Profile != item.Party)
                return new("order", $"{entry.Id} has another account of {customer}");
            _ordered.Add(key, entry.Id);
        }
        return null;
    }

    // The bank is told to, has not given the money back, and may still answer.
    private bool IsCollected(string number, DateOnly day) =>
        _ordered.TryGetValue((false, number), out var order) && !_returned.Contains(number)
        && day <= AuditedSubscription.Day(_orders[order].Bill!.Date)!.Value
            .AddDays(Limits.DebitDays);

    private Violation? AuditCancel(AuditedEntry entry, AuditedBill bill, bool isRefund)
    {
        foreach (var item in bill.Items)
        {
            if (_ordered.GetValueOrDefault((isRefund, item.Number)) != bill["cancels"])
                return new("order", $"{entry.Id} cancels {item.Number}, which is not in the order");
            if (!isRefund && (Invoices[item.Number].Open == 0 || _returned.Contains(item.Number)))
                return new("order", $"{entry.Id} cancels {item.Number}, which was collected");
            _ordered.Remove((isRefund, item.Number));
        }
        return null;
    }

    private (long Open, string Customer, string Asset) OrderedOf(bool isRefund, string number)
    {
        if (isRefund)
        {
            return _refunds.TryGetValue(number, out var refund)
                ? (refund.Amount, refund.Bill!.Customer, refund.Asset) : default;
        }
        return Invoices.TryGetValue(number, out var invoice)
            ? (invoice.Open, invoice.Bill.Customer, invoice.Entry.Asset) : default;
    }

    // What was collected and came back is not collected again.
    private void NoteReturned(IEnumerable<(string Number, long Amount)> reopened) =>
        _returned.UnionWith(reopened.Select(part => part.Number)
            .Where(number => _ordered.ContainsKey((false, number))));
}
