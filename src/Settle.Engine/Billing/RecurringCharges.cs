using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// The periods of subscriptions that were not charged yet. One is charged on its last day that
/// counts, so that its days are known; its id is the same whoever asks (B7).
/// </summary>
internal sealed class RecurringCharges(LedgerReader reader, RunPlan plan)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>What is due up to the run's last day.</summary>
    /// <exception cref="InvalidRequestException">That day is too far away.</exception>
    public async Task<List<RecurringCharge>> FindAsync(
        List<ParkedCustomer> parked, CancellationToken cancellation)
    {
        var due = await reader.ReadAsync(Due, cancellation).ConfigureAwait(false);
        var charges = new List<RecurringCharge>();
        foreach (var each in due)
        {
            if (!each.IsTaxKnown)
            {
                parked.Add(new ParkedCustomer
                {
                    Customer = each.Customer,
                    Asset = each.Asset,
                    Code = RefusalCode.UnknownTaxRate.Text(),
                    Reason = $"subscription {each.Name} has the tax {each.Row.Tax.Text}, "
                        + "which is none of the seller's rates",
                });
                continue;
            }
            var entry = await reader.ReadEntryAsync(each.Row.Location, cancellation)
                .ConfigureAwait(false);
            foreach (var (first, last) in each.Missing)
                Add(charges, each, entry, first, last);
            for (var first = FirstDay(each.Row); first <= plan.Through;)
            {
                var period = each.Row.Period.LastOf(first);
                foreach (var (from, to) in each.Days.Split(first, period))
                    Add(charges, each, entry, from, to);
                first = period + 1;
            }
        }
        return charges;
    }

    private void Add(List<RecurringCharge> charges, DueSubscription due, RecalledEntry entry,
        int first, int last)
    {
        var part = due.Days.Between(first, last);
        if (part.Amount == 0 || part.LastDay > plan.Through) return;
        if (part.LastDay - plan.Date.DayNumber > Limits.RecurringDaysMax) throw TooFar(due.Name);
        var (batch, terms) = (entry.Batch, entry.Batch.Billing(entry.Entry));
        var price = due.Days.PriceOf(first);
        charges.Add(new RecurringCharge(
            $"{due.Name}:{due.Days.SuffixOf(first)}", due.Name, due.Customer, due.Asset, part)
        {
            Description = batch.Text(terms.Description),
            Exemption = EntryViews.Text(batch, terms.Exemption),
            ExemptionCode = EntryViews.Text(batch, terms.ExemptionCode),
            CostCentre = EntryViews.Text(batch, terms.CostCentre),
            Price = price,
            Unit = price.HasUnitPrice ? EntryViews.Text(batch, terms.Unit) : null,
            Tax = due.Row.Tax,
            IsGross = due.Row.IsGross,
            PeriodDays = due.Row.Period.IsCalendarMonth ? 0 : due.Row.Period.DaysOf(first),
            IsRest = first != due.Days.FirstOf(first),
        });
    }

    // A mistyped year would charge every membership for years to come.
    private InvalidRequestException TooFar(string subscription) => new("through",
        string.Create(CultureInfo.InvariantCulture, $"would charge the subscription {subscription} "
            + $"more than {Limits.RecurringDaysMax} days after the invoices' date, "
            + $"{plan.Date:yyyy-MM-dd}"));

    private List<DueSubscription> Due()
    {
        var due = new List<DueSubscription>();
        for (var i = 0; i < Book.Subscriptions.DurableCount; i++)
        {
            var row = Book.Subscriptions.Durable(i);
            var customer = Book.CustomerName(row.Customer);
            if (plan.Request.Customer is not null && customer != plan.Request.Customer) continue;
            var missing = Book.MissingDays(i);
            var isOver = FirstDay(row) > plan.Through
                || (row.End != 0 && FirstDay(row) > row.End);
            if (isOver && missing.Count == 0) continue;
            due.Add(new DueSubscription(Book.SubscriptionName(i), row,
                Book.DurableDaysOf(i), customer, reader.State.Book.Assets[row.Asset].Code,
                Book.DurableSeller!.Knows(row.Tax), missing));
        }
        return due;
    }

    private static int FirstDay(in SubscriptionRow row) =>
        int.Max(row.ChargedThrough + 1, row.Start);

    private sealed record DueSubscription(string Name, SubscriptionRow Row, SubscriptionDays Days,
        string Customer, string Asset, bool IsTaxKnown, List<(int First, int Last)> Missing);
}
