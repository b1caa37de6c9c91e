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
        if (entry.Kind != EntryKind.Seller)
        {
            terms.Customer = Text(batch);
            if (Flip()) entry.Asset = batch.Append("asset", "EUR");
        }
        if (entry.Kind > EntryKind.Customer) terms.Date = Day();
        if (entry.Kind is EntryKind.Charge or (> EntryKind.Subscription and < EntryKind.Opening)
            or EntryKind.SepaOrder or EntryKind.Reminder or EntryKind.ReminderHold or EntryKind.Quote
            or EntryKind.QuoteAnswer) terms.IsDefaultDate = Flip();
        if (entry.Kind is EntryKind.Charge or EntryKind.Subscription or EntryKind.Payment
            or EntryKind.Refund or EntryKind.Opening)
            (terms.IsDefaultAsset, terms.IsNamedAsset) = (Flip(), Flip());
        switch (entry.Kind)
        {
            case EntryKind.Seller or EntryKind.Customer:
                FillParty(batch, entry.Kind, ref terms);
                break;
            case EntryKind.Charge or EntryKind.Subscription:
                FillPriced(batch, ref entry, ref terms);
                break;
            case EntryKind.Payment:
                entry.Amount = random.NextInt64(1, Limits.AmountMax);
                entry.Reference = Flip() ? Text(batch) : default;
                entry.Memo = Flip() ? Text(batch) : default;
                entry.From = Flip() ? Text(batch) : default;
                terms.IsWriteOff = Flip();
                if (Flip()) terms.Allocations = batch.Append("""[{"amount":1,"number":"a"}]"""u8);
                if (Flip()) terms.Discounted = batch.Append(Discounted);
                if (Flip()) terms.Deposits = batch.Append(Discounted);
                FillPostings(batch, ref entry);
                break;
            case EntryKind.Opening:
                (entry.Amount, terms.Number, terms.Due) = (random.NextInt64(1, Limits.AmountMax), Text(batch), Day());
                if (Flip()) terms.Gross = random.NextInt64(1, Limits.AmountMax);
                if (Flip()) terms.Paid = random.NextInt64(1, Limits.AmountMax);
                FillPostings(batch, ref entry);
                break;
            case EntryKind.SepaOrder:
                (entry.Amount, terms.Seller, terms.IsOfRefunds) = (random.NextInt64(1, Limits.AmountMax), Hash(batch), Flip());
                (terms.Customer, entry.Asset) = (default, default);
                if (Flip()) entry.Reference = Text(batch);
                else entry.Timestamp = batch.Append("timestamp", "2026-11-30T09:14:05Z");
                terms.Ordered = batch.Append("[{\"amount\":1,\"number\":\"a\",\"party\":\"b\",\"sequence\":\"RCUR\"}]"u8);
                break;
            case EntryKind.Withdrawal:
                (entry.Amount, entry.Reference) = (random.NextInt64(1, Limits.AmountMax), Text(batch));
                break;
            case EntryKind.ReminderHold:
                (entry.Reference, terms.IsReleased, entry.Asset) = (Text(batch), Flip(), default);
                if (Flip()) entry.Memo = Text(batch);
                break;
            case EntryKind.Quote or EntryKind.QuoteAnswer:
                FillQuote(batch, ref entry, ref terms);
                break;
            case EntryKind.Reminder:
                FillReminder(batch, ref entry, ref terms);
                break;
            case EntryKind.Refund or EntryKind.Chargeback:
                FillMoneyBack(batch, ref entry, ref terms);
                break;
            default:
                FillDocument(batch, ref entry, ref terms);
                FillPostings(batch, ref entry);
                break;
        }
    }

    private void FillParty(RequestBatch batch, EntryKind kind, ref BillingTerms terms)
    {
        terms.Country = batch.Append("country", "DE");
        terms.Zone = batch.Append("zone", "Europe/Berlin");
        terms.Profile = Hash(batch);
        if (Flip()) terms.CashDiscount = batch.Append("discount", "3/7,2/14");
        if (kind == EntryKind.Customer)
        {
            terms.Treatment = batch.Append("treatment", "standard");
            (terms.TermsDays, terms.IsNotReminded) = (random.Next(366), Flip());
            return;
        }
        terms.Series = Text(batch);
        terms.TaxRates = batch.Append("""["19","8.1"]"""u8);
        terms.DefaultTax = batch.Append("tax", "19");
        if (Flip()) terms.Dunning = batch.Append(DunningTerms.Usual(2).Write().Written);
        if (Flip()) terms.FirstNumbers = batch.Append("""["2026-001043","C2026-000087"]"""u8);
    }

    private void FillPriced(RequestBatch batch, ref Request entry, ref BillingTerms terms)
    {
        entry.Amount = random.NextInt64(1, Limits.AmountMax);
        terms.Description = Text(batch);
        terms.Tax = batch.Append("tax", "8.1");
        terms.IsDefaultTax = Flip();
        terms.IsGross = Flip();
        terms.Subscription = Text(batch);
        if (Flip()) terms.Price = random.NextInt64(1, Limits.AmountMax);
        if (Flip()) terms.CostCentre = Text(batch);
        if (Flip()) terms.Start = Day();
        if (Flip())
            (terms.Exemption, terms.ExemptionCode) = (Text(batch), batch.Append("code", "VATEX-EU-132"));
        if (entry.Kind == EntryKind.Charge) (terms.IsDeposit, terms.IsOffered) = (Flip(), Flip());
        if (entry.Kind == EntryKind.Charge && Flip()) terms.PeriodDays = random.Next(1, 366);
        if (entry.Kind == EntryKind.Subscription)
        {
            (terms.End, terms.Anchor) = (Flip() ? Day() : 0, Flip() ? Day() : 0);
            if (Flip()) terms.Every = batch.Append("every", "week");
        }
        if (Flip()) return;
        terms.HasUnitPrice = true;
        terms.Quantity = random.NextInt64(1, long.MaxValue);
        terms.UnitPrice = random.NextInt64(0, long.MaxValue);
        terms.Discount = random.Next(3);
        terms.Unit = batch.Append("unit", "HUR");
    }

    private void FillDocument(RequestBatch batch, ref Request entry, ref BillingTerms terms)
    {
        entry.Amount = random.NextInt64(0, Limits.AmountMax);
        terms.Number = Text(batch);
        terms.Rounding = random.Next(-2, 3);
        if (entry.Refusal == RefusalCode.None)
            (terms.Net, terms.TaxSum) = (random.Next(3), random.Next(3));
        var json = new JsonBuffer(64);
        BillingJson.WriteTaxes(json, [new TaxSum(new TaxTerm(TaxCategory.Standard, 81_000), 5, 1)]);
        terms.Taxes = batch.Append(json.Written);
        if (Flip()) terms.Deposits = batch.Append(Discounted);
        if (entry.Kind == EntryKind.Invoice)
        {
            (terms.Through, terms.Due, terms.Paid) = (Day(), Day(), random.Next(2));
            (terms.Seller, terms.Buyer) = (Hash(batch), Hash(batch));
            terms.Charges = batch.Append("""["a","b"]"""u8);
            if (Flip()) terms.Amended = batch.Append("""[{"amount":1,"date":"2026-10-16","id":"a"}]"""u8);
            if (Flip()) terms.CashDiscount = batch.Append("discount", "2/10");
            terms.IsDeposit = Flip();
            if (Flip()) terms.Settles = batch.Append("""["a"]"""u8);
            if (Flip()) return;
            (terms.TaxCurrency, terms.RatePair) = (batch.Append("c", "EUR"), batch.Append("p", "EUR/USD"));
            (terms.Rate, terms.RateDate, terms.TaxConverted) = (batch.Append("r", "1.25"), Day(), random.Next(3));
            return;
        }
        entry.Reference = Text(batch);
        entry.Memo = Flip() ? Text(batch) : default;
        (entry.IsWhole, terms.IsRebill) = (Flip(), Flip());
        if (Flip()) terms.Reopened = batch.Append("""[{"id":"a"}]"""u8);
        if (Flip()) terms.Lines = batch.Append("""[{"line":2,"quantity":"1.5"}]"""u8);
        if (Flip()) terms.Credited = batch.Append("""[{"line":2,"net":5,"quantity":"1.5"}]"""u8);
    }

    private void FillQuote(RequestBatch batch, ref Request entry, ref BillingTerms terms)
    {
        entry.Memo = Flip() ? Text(batch) : default;
        entry.Amount = random.NextInt64(1, Limits.AmountMax);
        if (Flip()) terms.Reopened = batch.Append("[{\"id\":\"a\"}]"u8);
        if (entry.Kind == EntryKind.QuoteAnswer)
        {
            (entry.Reference, terms.IsDeclined, terms.IsLate) = (Text(batch), Flip(), Flip());
            return;
        }
        (terms.LineCount, terms.Due, terms.Number) = (random.Next(1, 200), Flip() ? Day() : 0, Text(batch));
        (terms.Seller, terms.Buyer) = (Hash(batch), Hash(batch));
        if (entry.Refusal == RefusalCode.None) (terms.Net, terms.TaxSum) = (random.Next(3), random.Next(3));
        terms.Rounding = random.Next(-2, 3);
        terms.Taxes = batch.Append("[{\"category\":\"S\",\"net\":5,\"rate\":\"19\",\"tax\":1}]"u8);
    }

    private void FillReminder(RequestBatch batch, ref Request entry, ref BillingTerms terms)
    {
        (entry.Amount, terms.Fee, terms.Paid) = (random.Next(3), random.Next(3), random.Next(3));
        (terms.Number, terms.Due, terms.Gross) = (Text(batch), Day(), random.Next(1, 3));
        (terms.Seller, terms.Buyer, terms.IsLast) = (Hash(batch), Hash(batch), Flip());
        terms.Reminded = batch.Append("""[{"level":1,"number":"a","open":5}]"""u8);
        if (Flip()) terms.Texts = batch.Append("""{"de":"x"}"""u8);
        FillPostings(batch, ref entry);
    }

    private void FillMoneyBack(RequestBatch batch, ref Request entry, ref BillingTerms terms)
    {
        entry.Amount = random.NextInt64(1, Limits.AmountMax);
        entry.Memo = Flip() ? Text(batch) : default;
        if (Flip()) terms.Allocations = batch.Append("""[{"amount":1,"number":"a"}]"""u8);
        if (Flip()) terms.Discounted = batch.Append(Discounted);
        FillPostings(batch, ref entry);
        if (entry.Kind == EntryKind.Chargeback || Flip()) entry.Reference = Text(batch);
        if (entry.Kind == EntryKind.Refund) entry.To = Flip() ? Text(batch) : default;
        else (entry.IsWhole, terms.Fee) = (Flip(), random.Next(3));
    }

    private void FillPostings(RequestBatch batch, ref Request entry)
    {
        for (var left = random.Next(4); left > 0; left--)
        {
            ref var posting = ref batch.AddPosting(ref entry);
            (posting.From, posting.To) = (Text(batch), Text(batch));
            posting.Amount = random.NextInt64(1, Limits.AmountMax);
        }
    }

    private static ReadOnlySpan<byte> Discounted =>
        """[{"number":"a","rounding":0,"taxes":[{"category":"S","net":2,"rate":"19","tax":0}]}]"""u8;

    private bool Flip() => random.Next(2) == 0;

    private int Day() => random.Next(Days.Min, Days.Max);

    private Slice Hash(RequestBatch batch) => batch.Append("hash",
        random.NextInt64().ToString("x64", CultureInfo.InvariantCulture));

    private Slice Text(RequestBatch batch) => batch.Append(
        "text", "x" + parts[random.Next(parts.Length)] + parts[random.Next(parts.Length)] + "x");
}
