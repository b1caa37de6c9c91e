using System.Text;
using Settle.Billing;

namespace Settle.Views;

/// <summary>Makes the public record of a decided payment.</summary>
internal static class PaymentViews
{
    public static Payment Of(RecalledEntry found, string defaultAsset, bool replayed)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        ref readonly var terms = ref batch.Billing(entry);
        var allocations = BillingJson.ReadAllocations(batch.Bytes(terms.Allocations));
        return new Payment
        {
            Id = batch.Text(entry.Id),
            Customer = batch.Text(terms.Customer),
            Amount = entry.Amount,
            Asset = EntryViews.Asset(batch, entry.Asset, defaultAsset),
            Date = DateOnly.FromDayNumber(terms.Date),
            Invoice = EntryViews.Text(batch, entry.Reference),
            Reference = EntryViews.Text(batch, entry.Memo),
            From = terms.IsWriteOff ? "write-offs"
                : EntryViews.Text(batch, entry.From) ?? Book.World,
            WriteOff = terms.IsWriteOff,
            Allocations = [.. allocations.Select(part =>
                new PaymentAllocation(Encoding.UTF8.GetString(part.Number), part.Amount))],
            Unallocated = entry.Amount - allocations.Sum(part => part.Amount),
            Block = found.Height,
            Replayed = replayed,
        };
    }
}
