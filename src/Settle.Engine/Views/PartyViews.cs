using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of decided sellers and customers.</summary>
internal static class PartyViews
{
    /// <param name="found">The seller's entry.</param>
    /// <param name="party">Name and address; null where they are not here.</param>
    /// <param name="assets">The ledger's assets.</param>
    /// <param name="replayed">Whether it had been decided before.</param>
    public static Seller Seller(
        RecalledEntry found, Party? party, LedgerAssets assets, bool replayed = false)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        return new Seller
        {
            Id = batch.Text(found.Entry.Id),
            Party = party ?? new Party { Name = "?", Country = batch.Text(terms.Country) },
            Zone = batch.Text(terms.Zone),
            TaxRates = [.. BillingJson.ReadTexts(batch.Bytes(terms.TaxRates))
                .Select(Encoding.UTF8.GetString)],
            DefaultTax = EntryViews.Text(batch, terms.DefaultTax),
            Series = batch.Text(terms.Series),
            FirstNumbers = terms.FirstNumbers.IsEmpty ? null
                : [.. BillingJson.ReadTexts(batch.Bytes(terms.FirstNumbers))
                    .Select(Encoding.UTF8.GetString)],
            Dunning = ReminderViews.Settings(batch, terms.Dunning, assets),
            CashDiscounts = DiscountViews.Of(batch, terms.CashDiscount),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    /// <param name="found">The customer's entry.</param>
    /// <param name="party">Name and address; null once they are erased.</param>
    /// <param name="defaultAsset">The ledger's.</param>
    /// <param name="replayed">Whether it had been decided before.</param>
    public static Customer Customer(
        RecalledEntry found, Party? party, string defaultAsset, bool replayed = false)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        return new Customer
        {
            Id = batch.Text(terms.Customer),
            Party = party,
            Erased = party is null,
            Country = batch.Text(terms.Country),
            Zone = batch.Text(terms.Zone),
            Treatment = Words<TaxTreatment>.Parse(batch.Text(terms.Treatment)),
            TermsDays = terms.TermsDays,
            Asset = EntryViews.Asset(batch, found.Entry.Asset, defaultAsset),
            NoReminders = terms.IsNotReminded,
            CashDiscounts = DiscountViews.Of(batch, terms.CashDiscount),
            Block = found.Height,
            Replayed = replayed,
        };
    }
}
