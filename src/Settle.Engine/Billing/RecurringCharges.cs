using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// The months of subscriptions that were not charged yet. A month is charged on its last day that
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
            {
                Add(charges, each, entry, Days.Text(first),
                    MonthCharge.Between(each.Row.Amount, first, last), isRest: true);
            }
            for (var month = FirstMonth(each.Row); month <= Days.MonthOf(plan.Through); month++)
            {
                var suffix = string.Create(
                    CultureInfo.InvariantCulture, $"{month / 12:D4}-{(month % 12) + 1:D2}");
                Add(charges, each, entry, suffix, MonthCharge.Of(
                    each.Row.Amount, month, each.Row.Start, each.Row.End), isRest: false);
            }
        }
        return charges;
    }

    private void Add(List<RecurringCharge> charges, DueSubscription due, RecalledEntry entry,
        string suffix, MonthCharge part, bool isRest)
    {
        if (part.Amount == 0 || part.LastDay > plan.Through) return;
        if (part.LastDay - plan.Date.DayNumber > Limits.RecurringDaysMax) throw TooFar(due.Name);
        var (batch, terms) = (entry.Batch, entry.Batch.Billing(entry.Entry));
        charges.Add(new RecurringCharge(
            $"{due.Name}:{suffix}", due.Name, due.Customer, due.Asset, part)
        {
            Description = batch.Text(terms.Description),
            Exemption = EntryViews.Text(batch, terms.Exemption),
            ExemptionCode = EntryViews.Text(batch, terms.ExemptionCode),
            Tax = due.Row.Tax,
            IsGross = due.Row.IsGross,
            IsRest = isRest,
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
            var isOver = FirstMonth(row) > Days.MonthOf(plan.Through)
                || (row.End != 0 && FirstMonth(row) > Days.MonthOf(row.End));
            if (isOver && missing.Count == 0) continue;
            due.Add(new DueSubscription(Book.SubscriptionName(i), row, customer,
                reader.State.Book.Assets[row.Asset].Code,
                Book.DurableSeller!.Knows(row.Tax), missing));
        }
        return due;
    }

    private static int FirstMonth(in SubscriptionRow row) =>
        int.Max(row.LastMonth + 1, Days.MonthOf(row.Start));

    private sealed record DueSubscription(string Name, SubscriptionRow Row, string Customer,
        string Asset, bool IsTaxKnown, List<(int First, int Last)> Missing);
}
