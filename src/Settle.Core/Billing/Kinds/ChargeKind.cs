using Settle.Billing.Rules;

namespace Settle.Billing;

/// <summary>Something to be billed.</summary>
internal sealed class ChargeKind : BillingKind
{
    private const int PeriodDaysMax = 366;

    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckWhat(batch, terms);
        CheckDay("date", terms.Date);
        CheckStart(terms);
        Amounts.Check("discount", terms.Discount, allowZero: true);
        if (!terms.Unit.IsEmpty && !CodeLists.Units.Contains(batch.Text(terms.Unit)))
        {
            throw Parse.Fault("unit", batch.Text(terms.Unit),
                "is not a unit by its UN/ECE code, such as C62 (pieces), HUR, DAY or KGM");
        }
        if (!terms.HasUnitPrice)
        {
            Amounts.Check("amount", terms.Price > 0 ? terms.Price : request.Amount);
            if (terms.Quantity != 0)
                throw new InvalidRequestException("unit_price", "is missing beside quantity");
            return;
        }
        if (request.Amount != 0)
            throw new InvalidRequestException(
                "amount", "cannot be combined with unit_price, which gives the amount");
        if (terms.Quantity is <= 0 or > Limits.QuantityMax * Scaled.One)
        {
            throw new InvalidRequestException("quantity",
                $"must be more than zero, at most {Limits.QuantityMax}");
        }
        if (terms.UnitPrice is < 0 or > Limits.UnitPriceMax * Scaled.One)
        {
            throw new InvalidRequestException("unit_price",
                $"must be 0 to {Limits.UnitPriceMax} in the major unit");
        }
    }

    private static void CheckStart(in BillingTerms terms)
    {
        if (terms.PeriodDays is < 0 or > PeriodDaysMax
            || (terms.PeriodDays > 0 && (terms.Start == 0 || terms.Subscription.IsEmpty)))
            throw new InvalidRequestException("period_days", "is only of a subscription's charge");
        if (terms.Start == 0) return;
        CheckDay("start", terms.Start);
        if (terms.Start <= terms.Date) return;
        throw Parse.Fault("start", Days.Text(terms.Start),
            $"is after {Days.Text(terms.Date)}, the date, which is the last day");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var refusal = decider.FillDefaults(batch, ref request, ref terms);
        // The rest of a period may have been charged since a run looked, by another charge.
        if (refusal == RefusalCode.None && IsChargedSince(decider.Billing, batch, request, terms)
            && decider.Follows(9))
            return RefusalCode.NothingToInvoice;
        if (refusal != RefusalCode.None || (!terms.HasUnitPrice && terms.Price == 0))
            return refusal;
        var scale = decider.Assets[decider.Assets.Find(batch.Bytes(request.Asset))].Scale;
        var amount = (terms.HasUnitPrice
            ? Price(terms.Quantity, terms.UnitPrice, scale) : terms.Price) - terms.Discount;
        if (amount < 0 || amount > Limits.AmountMax) return RefusalCode.AmountOutOfRange;
        request.Amount = (long)amount;
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var customer = book.FindCustomer(batch.Bytes(terms.Customer));
        book.Charges.Add(new OpenCharge
        {
            Location = location,
            Amount = entry.Amount,
            Account = book.AccountOf(customer, book.Assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
            Tax = BillingBook.TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
        }, batch.Bytes(entry.Id));
        if (terms.Subscription.IsEmpty) return;
        var number = book.FindSubscription(batch.Bytes(terms.Subscription));
        book.NoteDays(number, batch.Bytes(entry.Id), entry.Amount, terms.Date);
        ref var subscription = ref book.Subscriptions.Touch(number);
        subscription.ChargedThrough =
            int.Max(subscription.ChargedThrough, subscription.Period.LastOf(terms.Date));
    }

    private static bool IsChargedSince(
        BillingBook billing, RequestBatch batch, in Request request, in BillingTerms terms) =>
        !terms.Subscription.IsEmpty
        && billing.FindSubscription(batch.Bytes(terms.Subscription)) is var number and >= 0
        && billing.IsCharged(number,
            billing.FirstDayOf(number, batch.Bytes(request.Id), terms.Date), terms.Date);

    /// <summary>Whether an entry is something to be billed, or was to be.</summary>
    public static bool IsCharge(RequestBatch batch, in Request entry) =>
        entry.Kind == EntryKind.Charge
        || (entry is { Kind: EntryKind.Chargeback, Refusal: RefusalCode.None }
            && batch.Billing(entry).Fee > 0);

    /// <summary>What an entry charges: a charge, or the fee of a charge-back.</summary>
    public static InvoiceItem ItemOf(RequestBatch batch, in Request entry)
    {
        ref readonly var terms = ref batch.Billing(entry);
        return entry.Kind == EntryKind.Chargeback
            ? new InvoiceItem(terms.Fee, ChargebackKind.FeeTax, false)
            : new InvoiceItem(entry.Amount, BillingBook.TaxOf(batch, terms.Tax), terms.IsGross);
    }

    // Both factors are in millionths; the result is rounded once.
    private static Int128 Price(long quantity, long unitPrice, int scale) => Rounded.Divide(
        (Int128)quantity * unitPrice, Scaled.PowerOfTen((2 * Scaled.Decimals) - scale));
}
