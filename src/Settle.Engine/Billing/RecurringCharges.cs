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
        foreach (var (name, row, customer, asset, isTaxKnown) in due)
        {
            if (!isTaxKnown)
            {
                parked.Add(new ParkedCustomer
                {
                    Customer = customer,
                    Asset = asset,
                    Code = RefusalCode.UnknownTaxRate.Text(),
                    Reason = $"subscription {name} has the tax {row.Tax.Text}, "
                        + "which is none of the seller's rates",
                });
                continue;
            }
            var entry = await reader.ReadEntryAsync(row.Location, cancellation)
                .ConfigureAwait(false);
            var (batch, terms) = (entry.Batch, entry.Batch.Billing(entry.Entry));
            for (var month = FirstMonth(row); month <= Days.MonthOf(plan.Through); month++)
            {
                var part = MonthCharge.Of(row.Amount, month, row.Start, row.End);
                if (part.Amount == 0 || part.LastDay > plan.Through) continue;
                if (part.LastDay - plan.Date.DayNumber > Limits.RecurringDaysMax)
                    throw TooFar(name);
                charges.Add(new RecurringCharge(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{name}:{month / 12:D4}-{(month % 12) + 1:D2}"),
                    name, customer, asset, part)
                {
                    Description = batch.Text(terms.Description),
                    Exemption = EntryViews.Text(batch, terms.Exemption),
                    ExemptionCode = EntryViews.Text(batch, terms.ExemptionCode),
                    Tax = row.Tax,
                    IsGross = row.IsGross,
                });
            }
        }
        return charges;
    }

    // A mistyped year would charge every membership for years to come.
    private InvalidRequestException TooFar(string subscription) => new("through",
        string.Create(CultureInfo.InvariantCulture, $"would charge the subscription {subscription} "
            + $"more than {Limits.RecurringDaysMax} days after the invoices' date, "
            + $"{plan.Date:yyyy-MM-dd}"));

    private List<(string Name, SubscriptionRow Row, string Customer, string Asset, bool IsKnown)>
        Due()
    {
        var due = new List<(string, SubscriptionRow, string, string, bool)>();
        for (var i = 0; i < Book.Subscriptions.DurableCount; i++)
        {
            var row = Book.Subscriptions.Durable(i);
            var customer = Book.CustomerName(row.Customer);
            if (plan.Request.Customer is not null && customer != plan.Request.Customer) continue;
            if (FirstMonth(row) > Days.MonthOf(plan.Through)) continue;
            if (row.End != 0 && FirstMonth(row) > Days.MonthOf(row.End)) continue;
            due.Add((Book.SubscriptionName(i), row, customer,
                reader.State.Book.Assets[row.Asset].Code, Book.DurableSeller!.Knows(row.Tax)));
        }
        return due;
    }

    private static int FirstMonth(in SubscriptionRow row) =>
        int.Max(row.LastMonth + 1, Days.MonthOf(row.Start));
}
