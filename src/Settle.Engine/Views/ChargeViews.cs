using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of decided charges and subscriptions.</summary>
internal static class ChargeViews
{
    /// <summary>What a charge is for; the fee of a charge-back has no text of its own.</summary>
    /// <param name="charge">The charge's entry, or that of a charge-back.</param>
    /// <param name="amount">The entry's; for a charge-back, what the bank took back.</param>
    /// <param name="language">In which the fee is named.</param>
    public static string Description(RecalledEntry charge, Money amount, string language)
    {
        ref readonly var terms = ref charge.Batch.Billing(charge.Entry);
        return charge.Entry.Kind != EntryKind.Chargeback
            ? charge.Batch.Text(terms.Description)
            : InvoiceWords.Of(language).ReturnFee(
                amount, DateOnly.FromDayNumber(terms.Date));
    }

    /// <param name="found">The charge's entry, or that of a charge-back with a fee.</param>
    /// <param name="invoice">The number of the invoice that bills it; null while none does.</param>
    /// <param name="assets">The ledger's.</param>
    /// <param name="replayed">Whether it had been decided before.</param>
    public static Charge Of(
        RecalledEntry found, string? invoice, LedgerAssets assets, bool replayed = false)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        ref readonly var terms = ref batch.Billing(entry);
        var isFee = entry.Kind == EntryKind.Chargeback;
        var amount = assets.Of(entry.Amount, batch, entry.Asset);
        return new Charge
        {
            Id = batch.Text(entry.Id),
            Customer = batch.Text(terms.Customer),
            Amount = isFee ? assets.Of(terms.Fee, batch, entry.Asset) : amount,
            Start = terms.Start == 0 ? null : DateOnly.FromDayNumber(terms.Start),
            Date = DateOnly.FromDayNumber(terms.Date),
            Description = Description(found, amount, "en"),
            Tax = isFee ? ChargebackKind.FeeTax.Text : EntryViews.Text(batch, terms.Tax),
            Exemption = EntryViews.Text(batch, terms.Exemption),
            ExemptionCode = EntryViews.Text(batch, terms.ExemptionCode),
            Prices = terms.IsGross ? PriceKind.Gross : PriceKind.Net,
            Quantity = terms.HasUnitPrice ? terms.Quantity / (decimal)Scaled.One : null,
            UnitPrice = terms.HasUnitPrice ? terms.UnitPrice / (decimal)Scaled.One : null,
            Unit = EntryViews.Text(batch, terms.Unit),
            Discount = terms.Discount == 0 ? null
                : assets.Of(terms.Discount, batch, entry.Asset),
            CostCentre = EntryViews.Text(batch, terms.CostCentre),
            Deposit = terms.IsDeposit,
            Subscription = EntryViews.Text(batch, terms.Subscription),
            Invoice = invoice,
            Status = EntryViews.Status(entry.Refusal),
            Reason = EntryViews.Reason(entry.Refusal),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    /// <param name="found">The entry that made the subscription.</param>
    /// <param name="end">Its last day; 0 for none.</param>
    /// <param name="prices">Its prices, the newest word first.</param>
    /// <param name="assets">The ledger's.</param>
    /// <param name="replayed">Whether what was asked had been decided before.</param>
    public static Subscription Of(
        RecalledEntry found, int end, IReadOnlyList<SubscriptionPrice> prices,
        LedgerAssets assets, bool replayed = false)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        return new Subscription
        {
            Id = batch.Text(terms.Subscription),
            Customer = batch.Text(terms.Customer),
            Amount = assets.Of(found.Entry.Amount, batch, found.Entry.Asset),
            Changes = prices.Count < 2 ? null
                : [.. prices.Where(price => price.From > 0).DistinctBy(price => price.From)
                    .OrderBy(price => price.From).Select(price => Of(price, found, assets))],
            Description = batch.Text(terms.Description),
            Tax = EntryViews.Text(batch, terms.Tax),
            Exemption = EntryViews.Text(batch, terms.Exemption),
            ExemptionCode = EntryViews.Text(batch, terms.ExemptionCode),
            Prices = terms.IsGross ? PriceKind.Gross : PriceKind.Net,
            Quantity = terms.HasUnitPrice ? terms.Quantity / (decimal)Scaled.One : null,
            UnitPrice = terms.HasUnitPrice ? terms.UnitPrice / (decimal)Scaled.One : null,
            Unit = EntryViews.Text(batch, terms.Unit),
            Discount = terms.Discount == 0 ? null
                : assets.Of(terms.Discount, batch, found.Entry.Asset),
            CostCentre = EntryViews.Text(batch, terms.CostCentre),
            Every = terms.Every.IsEmpty ? BillingInterval.Month
                : Words<BillingInterval>.Parse(batch.Text(terms.Every)),
            Anchor = terms.Anchor == 0 ? null : DateOnly.FromDayNumber(terms.Anchor),
            Start = DateOnly.FromDayNumber(terms.Date),
            End = end == 0 ? null : DateOnly.FromDayNumber(end),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    private static PriceChange Of(
        in SubscriptionPrice price, RecalledEntry made, LedgerAssets assets) => new()
        {
            From = DateOnly.FromDayNumber(price.From),
            Amount = assets.Of(price.Amount, made.Batch, made.Entry.Asset),
            Quantity = price.HasUnitPrice ? price.Quantity / (decimal)Scaled.One : null,
            UnitPrice = price.HasUnitPrice ? price.UnitPrice / (decimal)Scaled.One : null,
            Discount = price.Discount == 0 ? null
                : assets.Of(price.Discount, made.Batch, made.Entry.Asset),
        };
}
