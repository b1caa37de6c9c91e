using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public record of a decided payment.</summary>
internal static class PaymentViews
{
    public static Payment Of(RecalledEntry found, LedgerAssets assets, bool replayed)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        ref readonly var terms = ref batch.Billing(entry);
        var allocations = BillingJson.ReadAllocations(batch.Bytes(terms.Allocations));
        var amount = assets.Of(entry.Amount, batch, entry.Asset);
        return new Payment
        {
            Id = batch.Text(entry.Id),
            Customer = batch.Text(terms.Customer),
            Amount = amount,
            Date = DateOnly.FromDayNumber(terms.Date),
            Invoice = EntryViews.Text(batch, entry.Reference),
            Reference = EntryViews.Text(batch, entry.Memo),
            From = terms.IsWriteOff ? "write-offs"
                : EntryViews.Text(batch, entry.From) ?? Book.World,
            WriteOff = terms.IsWriteOff,
            Allocations = [.. allocations.Select(part =>
                new PaymentAllocation(Encoding.UTF8.GetString(part.Number),
                    assets.Of(part.Amount, amount.Asset!)))],
            Unallocated = assets.Of(
                entry.Amount - allocations.Sum(part => part.Amount), amount.Asset!),
            Block = found.Height,
            Replayed = replayed,
        };
    }
}
