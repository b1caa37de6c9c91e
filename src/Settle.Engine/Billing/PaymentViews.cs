using System.Text;
using Settle.Local;

namespace Settle.Billing;

/// <summary>Turns a recorded payment into what the .NET interface shows.</summary>
internal static class PaymentViews
{
    public static Payment Of(RecalledEntry entry, bool replayed, string defaultAsset)
    {
        var batch = entry.Batch;
        var terms = batch.Billing(entry.Entry);
        var allocations = BillingJson.ReadAllocations(batch.Bytes(terms.Allocations));
        return new Payment
        {
            Id = batch.Text(entry.Entry.Id),
            Customer = batch.Text(terms.Customer),
            Amount = entry.Entry.Amount,
            Asset = EntryViews.Asset(batch, entry.Entry.Asset, defaultAsset),
            Date = DateOnly.FromDayNumber(terms.Date),
            Invoice = entry.Entry.Reference.IsEmpty ? null : batch.Text(entry.Entry.Reference),
            Reference = entry.Entry.Memo.IsEmpty ? null : batch.Text(entry.Entry.Memo),
            From = terms.IsWriteOff ? "write-offs"
                : entry.Entry.From.IsEmpty ? Settle.Book.World : batch.Text(entry.Entry.From),
            WriteOff = terms.IsWriteOff,
            Allocations = [.. allocations.Select(part =>
                new PaymentAllocation(Encoding.UTF8.GetString(part.Number), part.Amount))],
            Unallocated = entry.Entry.Amount - allocations.Sum(part => part.Amount),
            Block = entry.Height,
            Replayed = replayed,
        };
    }
}
