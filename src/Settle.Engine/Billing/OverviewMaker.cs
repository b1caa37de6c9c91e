using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// How the business is doing. What is owed is found at the customers' open invoices; what was
/// billed and received is summed by month once and kept, and then only what is new is looked at.
/// </summary>
internal sealed class OverviewMaker(LedgerReader reader, TimeProvider clock)
{
    private const int MonthsShown = 12;
    private const int HoldsMax = 1000;

    private readonly MonthSums _sums = new(reader);

    private BillingBook Billing => reader.State.Book.Billing;

    public async Task<Overview> MakeAsync(string? asset, CancellationToken cancellation)
    {
        var code = asset ?? reader.DefaultAsset;
        var (number, today, holds) = await reader.ReadAsync(
            () => (new PointReader(reader).AssetOf(code), Today(), HoldsToday()),
            cancellation).ConfigureAwait(false);
        var debts = await DebtsAsync(number, today.DayNumber, cancellation).ConfigureAwait(false);
        var (charges, toInvoice) = await OpenAsync(number, cancellation).ConfigureAwait(false);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - MonthsShown);
        var months = await _sums.ReadAsync(number, first, MonthsShown, cancellation)
            .ConfigureAwait(false);
        return new Overview
        {
            Date = today,
            Owed = Of(debts.Owed),
            OpenInvoices = debts.Open,
            Overdue = Of(debts.Overdue),
            OverdueInvoices = debts.OverdueCount,
            Credit = Of(debts.Credit),
            ToInvoice = Of(toInvoice),
            OpenCharges = charges,
            HoldsEndingToday = holds,
            Months = [.. months.Select((month, i) => new OverviewMonth
            {
                Month = first.AddMonths(i),
                Billed = Of(month.Billed),
                Received = month.Received is { } received ? Of(received) : null,
            })],
        };

        Money Of(Int128 minor) => reader.Assets.Of(minor, code);
    }

    private DateOnly Today() =>
        Zones.DayOf(clock.GetUtcNow(), Billing.DurableSeller?.Zone ?? "UTC");

    private int HoldsToday()
    {
        var now = reader.Now;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Billing.DurableSeller?.Zone ?? "UTC");
        var tomorrow = Today().AddDays(1).ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(tomorrow)) tomorrow = tomorrow.AddHours(1);
        var end = new DateTimeOffset(tomorrow, zone.GetUtcOffset(tomorrow));
        var holds = reader.State.Book.DurableHolds(null, HoldPlace.After(now), HoldsMax,
            HoldPlace.After(ChainTime.From(end) - 1));
        reader.Work.Add(holds.Count);
        return holds.Count;
    }

    private async Task<(Int128 Owed, int Open, Int128 Overdue, int OverdueCount, Int128 Credit)>
        DebtsAsync(int asset, int today, CancellationToken cancellation)
    {
        var (owed, open, overdue, overdueCount, credit) = ((Int128)0, 0, (Int128)0, 0, (Int128)0);
        var count = await reader.ReadAsync(() => Billing.Accounts.DurableCount, cancellation)
            .ConfigureAwait(false);
        await reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                reader.Work.Add();
                var account = Billing.Accounts.Durable(i);
                if (account.Asset != asset) continue;
                credit += account.Credit;
                for (var at = account.FirstUnpaid;
                    at >= 0 && at < Billing.Invoices.DurableCount;)
                {
                    var row = Billing.Invoices.Durable(at);
                    at = row.Next;
                    if (row.Open <= 0) continue;
                    (owed, open) = (owed + row.Open, open + 1);
                    if (row.Due >= today) continue;
                    (overdue, overdueCount) = (overdue + row.Open, overdueCount + 1);
                }
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        return (owed, open, overdue, overdueCount, credit);
    }

    private async Task<(int Count, Int128 Sum)> OpenAsync(
        int asset, CancellationToken cancellation)
    {
        var (count, sum) = (0, (Int128)0);
        var accounts = await reader.ReadAsync(() => Billing.Accounts.DurableCount, cancellation)
            .ConfigureAwait(false);
        await reader.ReadSlicesAsync(0, accounts, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                if (Billing.Accounts[i].Asset != asset) continue;
                for (var at = Billing.Charges.FirstOf(i); at >= 0; at = Billing.Charges[at].Next)
                {
                    if (!Billing.IsOpenNow(at)) continue;
                    (count, sum) = (count + 1, sum + Billing.Charges[at].Amount);
                }
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        return (count, sum);
    }
}
