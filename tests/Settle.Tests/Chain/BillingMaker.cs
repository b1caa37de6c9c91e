using System.Globalization;
using Settle.Billing;
using Settle.Chain;

namespace Settle.Tests.Chain;

/// <summary>Fills decided entries of billing from a seed.</summary>
internal sealed class BillingMaker(Random random, string[] parts)
{
    public void Fill(RequestBatch batch, ref Request entry)
    {
        ref var terms = ref batch.AddBilling(ref entry);
        var isMade = entry.Refusal == RefusalCode.None
            && entry.Kind is EntryKind.Invoice or EntryKind.CreditNote;
        terms.Customer = Text(batch);
        terms.Date = Day();
        terms.IsDefaultDate = Flip();
        if (Flip()) entry.Asset = batch.Append("asset", "EUR");
        switch (entry.Kind)
        {
            case EntryKind.Seller or EntryKind.Customer:
                terms.Country = batch.Append("country", "DE");
                terms.Zone = batch.Append("zone", "Europe/Berlin");
                terms.Profile = Hash(batch);
                terms.Treatment = batch.Append("treatment", "standard");
                terms.TermsDays = entry.Kind == EntryKind.Customer ? random.Next(366) : 0;
                terms.Series = Text(batch);
                terms.TaxRates = batch.Append("""["19","8.1"]"""u8);
                terms.DefaultTax = batch.Append("tax", "19");
                break;
            case EntryKind.Charge or EntryKind.Subscription:
                entry.Amount = random.NextInt64(1, Limits.AmountMax);
                terms.Description = Text(batch);
                terms.Tax = batch.Append("tax", "8.1");
                terms.IsDefaultTax = Flip();
                terms.IsGross = Flip();
                terms.Subscription = Text(batch);
                terms.End = Flip() ? Day() : 0;
                if (!Flip()) break;
                terms.HasUnitPrice = true;
                terms.Quantity = random.NextInt64(1, long.MaxValue);
                terms.UnitPrice = random.NextInt64(0, long.MaxValue);
                terms.Discount = random.Next(3);
                terms.Unit = batch.Append("unit", "HUR");
                break;
            default:
                entry.Reference = Flip() ? Text(batch) : default;
                entry.Memo = Flip() ? Text(batch) : default;
                entry.IsWhole = Flip();
                terms.IsRebill = Flip();
                terms.IsWriteOff = Flip();
                terms.IsDefaultAsset = Flip();
                terms.Source = entry.Kind == EntryKind.Payment && Flip() ? Text(batch) : default;
                terms.Through = Day();
                terms.Due = Day();
                terms.Seller = Hash(batch);
                terms.Buyer = Hash(batch);
                terms.Number = Text(batch);
                terms.Charges = batch.Append("""["a","b"]"""u8);
                terms.Paid = random.Next(2);
                FillSums(batch, ref entry, ref terms, isMade);
                break;
        }
    }

    private void FillSums(
        RequestBatch batch, ref Request entry, ref BillingTerms terms, bool isMade)
    {
        entry.Amount = random.NextInt64(0, Limits.AmountMax);
        terms.Rounding = random.Next(-2, 3);
        if (isMade) (terms.Net, terms.TaxSum) = (random.Next(), random.Next());
        var json = new JsonBuffer(64);
        BillingJson.WriteTaxes(json, [new TaxSum(new TaxTerm(TaxCategory.Standard, 81_000), 5, 1)]);
        terms.Taxes = batch.Append(json.Written);
        for (var left = random.Next(4); left > 0; left--)
        {
            ref var posting = ref batch.AddPosting(ref entry);
            (posting.From, posting.To) = (Text(batch), Text(batch));
            posting.Amount = random.NextInt64(1, Limits.AmountMax);
        }
    }

    private bool Flip() => random.Next(2) == 0;

    private int Day() => random.Next(Days.Min, Days.Max);

    private Slice Hash(RequestBatch batch) => batch.Append("hash",
        random.NextInt64().ToString("x64", CultureInfo.InvariantCulture));

    private Slice Text(RequestBatch batch) => batch.Append(
        "text", "x" + parts[random.Next(parts.Length)] + parts[random.Next(parts.Length)] + "x");
}
