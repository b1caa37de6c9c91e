using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of refunds and charge-backs.</summary>
internal static class MoneyBackViews
{
    public static Refund Refund(RecalledEntry found, LedgerAssets assets, bool replayed,
        IReadOnlyList<string>? newAccounts = null)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        var (reopened, ofCredit) = Sources(batch, entry, assets);
        return new Refund
        {
            Id = batch.Text(entry.Id),
            Customer = batch.Text(batch.Billing(entry).Customer),
            Amount = assets.Of(entry.Amount, batch, entry.Asset),
            Date = DateOnly.FromDayNumber(batch.Billing(entry).Date),
            Payment = EntryViews.Text(batch, entry.Reference),
            Reference = EntryViews.Text(batch, entry.Memo),
            To = batch.Text(batch.Postings(entry)[0].To),
            Reopened = reopened,
            OfCredit = ofCredit,
            LostDiscounts = DiscountViews.Parts(batch, entry, assets),
            NewAccounts = newAccounts,
            Block = found.Height,
            Replayed = replayed,
        };
    }

    public static Chargeback Chargeback(RecalledEntry found, LedgerAssets assets, bool replayed)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        var fee = batch.Billing(entry).Fee;
        var (reopened, ofCredit) = Sources(batch, entry, assets);
        return new Chargeback
        {
            Id = batch.Text(entry.Id),
            Payment = batch.Text(entry.Reference),
            Customer = batch.Text(batch.Billing(entry).Customer),
            Amount = assets.Of(entry.Amount, batch, entry.Asset),
            Fee = fee == 0 ? null : assets.Of(fee, batch, entry.Asset),
            Date = DateOnly.FromDayNumber(batch.Billing(entry).Date),
            Reference = EntryViews.Text(batch, entry.Memo),
            To = batch.Text(batch.Postings(entry)[0].To),
            Reopened = reopened,
            OfCredit = ofCredit,
            LostDiscounts = DiscountViews.Parts(batch, entry, assets),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    private static (IReadOnlyList<PaymentAllocation> Reopened, Money OfCredit) Sources(
        RequestBatch batch, in Request entry, LedgerAssets assets)
    {
        var asset = EntryViews.Asset(batch, entry.Asset, assets.Default.Code);
        var parts = BillingJson.ReadAllocations(batch.Bytes(batch.Billing(entry).Allocations));
        return ([.. parts.Select(part => new PaymentAllocation(
                Encoding.UTF8.GetString(part.Number), assets.Of(part.Amount, asset)))],
            assets.Of(entry.Amount - parts.Sum(part => part.Amount), asset));
    }
}
