using Settle.Reading;

namespace Settle.Billing;

/// <summary>Finds the due invoices of customers with a mandate.</summary>
internal sealed class DebitPlanner(
    LedgerReader reader, Profiles profiles, DateOnly today, DebitRequest request)
    : SepaPlanner(reader, profiles, today)
{
    // A mandate ends if nothing is collected by it for so long.
    private const int MonthsUnused = 36;

    private const string First = "FRST";
    private const string Again = "RCUR";
    private const string Once = "OOFF";

    // Of each customer that something was collected of: the newest order, plus one, and a number
    // in it.
    private readonly Dictionary<int, (int Order, string Number)> _last = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    protected override void CheckSeller(Party seller)
    {
        base.CheckSeller(seller);
        if (seller.CreditorId is null)
            throw new InvalidRequestException(
                "seller", "has no creditor identifier: set its creditor_id first");
    }

    protected override async Task<IReadOnlyList<(DateOnly, IReadOnlyList<OrderedItem>)>> DaysAsync(
        CancellationToken cancellation)
    {
        if (request.Date is { } date && Checked(date) < request.Through)
            throw new InvalidRequestException(
                "date", "is before through: nothing is debited before it is due");
        var days = new SortedDictionary<DateOnly, List<OrderedItem>>();
        foreach (var due in (await FindAsync(cancellation).ConfigureAwait(false))
            .OrderBy(due => due.Day))
        {
            if (await ItemOfAsync(due, cancellation).ConfigureAwait(false) is not { } item)
                continue;
            if (!days.TryGetValue(due.Day, out var items)) days.Add(due.Day, items = []);
            items.Add(item);
        }
        return [.. days.Select(day => (day.Key, (IReadOnlyList<OrderedItem>)day.Value))];
    }

    private async Task<List<Due>> FindAsync(CancellationToken cancellation)
    {
        var found = new List<Due>();
        var count = await Reader.ReadAsync(() => Book.Invoices.DurableCount, cancellation)
            .ConfigureAwait(false);
        await Reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                Reader.Work.Add();
                var row = Book.Invoices.Durable(i);
                ref readonly var account = ref Book.Accounts[row.Account];
                if (row.Order > 0)
                {
                    if (row.Order > _last.GetValueOrDefault(account.Customer).Order)
                        _last[account.Customer] = (row.Order, Book.NumberOf(row));
                }
                // The letter of a reminder asks for its fee: nobody expects a debit.
                else if (row is { IsFee: false, Open: > 0 } && row.Due <= request.Through.DayNumber
                    && Book.Assets[account.Asset].Code == SepaOrderKind.Currency)
                {
                    found.Add(new Due(Book.NumberOf(row), row.Open,
                        DayOf(DateOnly.FromDayNumber(row.Due)), account.Customer,
                        Book.CustomerName(account.Customer),
                        Book.Customers.Durable(account.Customer).Profile));
                }
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        return found;
    }

    private DateOnly DayOf(DateOnly due)
    {
        if (request.Date is { } date) return date;
        var day = TargetDays.OnOrAfter(due);
        return day < Earliest ? Earliest : day;
    }

    /// <summary>What is collected of an invoice; null for nothing.</summary>
    private async Task<OrderedItem?> ItemOfAsync(Due due, CancellationToken cancellation)
    {
        var party = await PartyAsync(due.Profile, cancellation).ConfigureAwait(false);
        if (party is not { Mandate: { } mandate, MandateDate: { } signed }) return null;
        if (due.Amount > AmountMax)
            return Left(due, "amount_too_large", "is more than SEPA can collect at once");
        if (Fault(party) is { } fault)
            return Left(due, "account_not_reached", $"{party.Iban} {fault}");
        if (signed > Today)
            return Left(due, "mandate_not_signed", $"its mandate is signed on {signed:yyyy-MM-dd}");
        var key = $"{due.Customer}/{mandate}";
        var last = _used.Contains(key) ? due.Day
            : await LastUseAsync(due.CustomerNumber, mandate, cancellation).ConfigureAwait(false);
        if (last is not null && party.MandateType == MandateCheck.OneOff)
        {
            return Left(due, "mandate_used",
                $"the mandate {mandate} is for one debit only, and was used");
        }
        if ((last ?? signed).AddMonths(MonthsUnused) < due.Day)
        {
            return Left(due, "mandate_expired", string.Create(CultureInfo.InvariantCulture,
                $"the mandate {mandate} was not used for {MonthsUnused} months; get a new one"));
        }
        _used.Add(key);
        return new OrderedItem(Encoding.UTF8.GetBytes(due.Number), due.Amount, due.Profile,
            party.MandateType == MandateCheck.OneOff ? Once : last is null ? First : Again);
    }

    /// <summary>The day of the newest order by this mandate; null for none.</summary>
    private async Task<DateOnly?> LastUseAsync(
        int customer, string mandate, CancellationToken cancellation)
    {
        if (!_last.TryGetValue(customer, out var last)) return null;
        var row = await Reader.ReadAsync(() => Book.Orders.Durable(last.Order - 1), cancellation)
            .ConfigureAwait(false);
        var order = await Reader.ReadEntryAsync(row.Location, cancellation).ConfigureAwait(false);
        var number = Encoding.UTF8.GetBytes(last.Number);
        var item = BillingJson.ReadOrdered(order.Batch.Bytes(order.Batch.Billing(order.Entry)
            .Ordered)).Find(item => item.Number.AsSpan().SequenceEqual(number));
        var party = await PartyAsync(item.Party, cancellation).ConfigureAwait(false);
        return party?.Mandate == mandate ? DateOnly.FromDayNumber(row.Date) : null;
    }

    private OrderedItem? Left(Due due, string code, string reason)
    {
        Skip(due.Number, due.Customer, code, reason);
        return null;
    }

    private sealed record Due(string Number, long Amount, DateOnly Day, int CustomerNumber,
        string Customer, BlockHash Profile);
}
