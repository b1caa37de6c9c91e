using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// How old the debts of all customers are: from their open invoices, as a statement of each would
/// find it from its movements.
/// </summary>
internal sealed class AgeingMaker(LedgerReader reader, TimeProvider clock)
{
    private const int RowsMax = 10_000;
    private const int Parts = 5;

    private BillingBook Billing => reader.State.Book.Billing;

    public async Task<AgeingReport> MakeAsync(string code, CancellationToken cancellation)
    {
        var (asset, today, count) = await reader.ReadAsync(() => (
            new PointReader(reader).AssetOf(code),
            Zones.DayOf(clock.GetUtcNow(), Billing.DurableSeller?.Zone ?? "UTC"),
            Billing.Accounts.DurableCount), cancellation).ConfigureAwait(false);
        var rows = new List<(string Customer, Int128[] Ages, Int128 Total)>();
        var beyond = new List<(int Row, string Zone)>();
        await reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                reader.Work.Add();
                if (Billing.Accounts.Durable(i) is var account && account.Asset == asset)
                    Add(account, today.DayNumber, rows, beyond);
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        foreach (var (row, zone) in beyond)
        {
            var statement = await new StatementMaker(reader, rows[row].Customer, zone)
                .MakeAsync(code, null, today, cancellation).ConfigureAwait(false);
            rows[row] = rows[row] with { Ages = PartsOf(statement.Ageing) };
        }
        var sums = new Int128[Parts];
        foreach (var (_, ages, _) in rows)
            for (var i = 0; i < Parts; i++) sums[i] += ages[i];
        var total = rows.Aggregate((Int128)0, (sum, row) => sum + row.Total);
        return new AgeingReport
        {
            Date = today,
            Rows = [.. rows.OrderByDescending(row => row.Total)
                .ThenBy(row => row.Customer, StringComparer.Ordinal).Take(RowsMax)
                .Select(row => new AgeingRow
                {
                    Customer = row.Customer, Ageing = Age(row.Ages, code),
                    Total = reader.Assets.Of(row.Total, code),
                })],
            LeftOut = int.Max(0, rows.Count - RowsMax),
            Ageing = Age(sums, code),
            Total = reader.Assets.Of(total, code),
        };
    }

    // What is to a customer's credit is against the oldest of what is open.
    private void Add(in AccountRow account, int today,
        List<(string, Int128[], Int128)> rows, List<(int, string)> beyond)
    {
        var open = new List<(int Due, Int128 Amount)>();
        Int128 sum = 0;
        for (var at = account.FirstUnpaid; at >= 0 && at < Billing.Invoices.DurableCount;)
        {
            var row = Billing.Invoices.Durable(at);
            at = row.Next;
            if (row.Open <= 0) continue;
            open.Add((row.Due, row.Open));
            sum += row.Open;
        }
        var customer = Billing.CustomerName(account.Customer);
        var owed = OwedBy(customer, account.Asset);
        if (sum == 0 && owed == 0) return;
        var credit = Int128.Max(0, sum - Int128.Max(0, owed));
        var ages = new Int128[Parts];
        foreach (var (due, amount) in open.OrderBy(each => each.Due))
        {
            var used = Int128.Min(credit, amount);
            credit -= used;
            ages[PartOf(today - due)] += amount - used;
        }
        if (owed > sum)
        {
            beyond.Add((rows.Count,
                Billing.Zone(Billing.Customers.Durable(account.Customer).Zone)));
        }
        rows.Add((customer, ages, owed));
    }

    private Int128 OwedBy(string customer, int asset)
    {
        var book = reader.State.Book;
        var number = reader.Accounts.Find(
            Encoding.UTF8.GetBytes(BillingAccounts.Receivable(customer)));
        if (number < 0) return 0;
        for (var at = book.DurableAccount(number).FirstPosition; at >= 0;)
        {
            var position = book.DurablePosition(at);
            if (position.Asset == asset) return -position.Balance;
            at = position.Next;
        }
        return 0;
    }

    private Ageing Age(Int128[] parts, string code)
    {
        return new Ageing
        {
            Current = Part(0), Days30 = Part(1), Days60 = Part(2), Days90 = Part(3),
            Older = Part(4),
        };

        Money Part(int at) => reader.Assets.Of(parts[at], code);
    }

    private static Int128[] PartsOf(Ageing age) =>
        [age.Current.Units, age.Days30.Units, age.Days60.Units, age.Days90.Units, age.Older.Units];

    private static int PartOf(int days) =>
        days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4;
}
