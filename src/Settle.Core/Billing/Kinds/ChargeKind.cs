namespace Settle.Billing;

/// <summary>Something to be billed.</summary>
internal sealed class ChargeKind : PricedKind
{
    private const int PeriodDaysMax = 366;

    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckWhat(batch, terms);
        // What a subscription was given under older rules is charged as it is.
        if (terms.Subscription.IsEmpty) CheckLines(batch, terms);
        CheckDay("date", terms.Date);
        CheckStart(terms);
        if (terms.IsOffered && !terms.Subscription.IsEmpty)
            throw new InvalidRequestException("offered", "cannot be combined with subscription");
        CheckPrice(batch, request, terms);
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
        if (refusal != RefusalCode.None) return refusal;
        if (WholeOf(decider, batch, request, terms, min: 0) is not { } whole)
            return RefusalCode.AmountOutOfRange;
        request.Amount = IsPriced(terms) ? ShareOf(whole, decider, batch, terms) : whole;
        return IsOutdated(decider.Billing, batch, request, terms)
            ? RefusalCode.NothingToInvoice : RefusalCode.None;
    }

    // The next run charges what the price is by then.
    private static bool IsOutdated(
        BillingBook billing, RequestBatch batch, in Request request, in BillingTerms terms) =>
        !terms.Subscription.IsEmpty
        && billing.FindSubscription(batch.Bytes(terms.Subscription)) is var number and >= 0
        && billing.IsOutdated(number, terms, request.Amount);

    /// <summary>
    /// Whether an amount is what the charge's own price comes to for the days up to a date: a
    /// subscription may have got another price while its charge was open.
    /// </summary>
    public static bool IsAtPrice(RequestBatch batch, in Request charge, long amount, int date,
        int scale)
    {
        var terms = batch.Billing(charge);
        if (terms.Subscription.IsEmpty || !IsPriced(terms)) return true;
        terms.Date = date;
        var whole = (long)WholeOf(charge, terms, scale);
        if (terms.Start == 0) return amount == whole;
        var (days, periodDays) = (terms.Date - terms.Start + 1, PeriodDaysOf(terms));
        var alone = PeriodCharge.Share(whole, days, periodDays);
        // Parts of a period are rounded so that they add up to it.
        return long.Abs(alone - amount) <= (days < periodDays ? 1 : 0);
    }

    // Of a subscription's price, a charge has the share of its days.
    private static long ShareOf(
        long whole, BillingDecider decider, RequestBatch batch, in BillingTerms terms)
    {
        if (terms.Subscription.IsEmpty || terms.Start == 0) return whole;
        var (days, periodDays) = (terms.Date - terms.Start + 1, PeriodDaysOf(terms));
        var alone = PeriodCharge.Share(whole, days, periodDays);
        var number = decider.Billing.FindSubscription(batch.Bytes(terms.Subscription));
        if (number < 0) return alone;
        var before = decider.Billing.DaysOf(number).DaysBefore(terms.Start);
        var share = PeriodCharge.Share(whole, before, days, periodDays);
        return share != alone && decider.Follows(9) ? share : alone;
    }

    /// <summary>The days of the whole period that a subscription's charge is of.</summary>
    public static int PeriodDaysOf(in BillingTerms terms) => terms.PeriodDays > 0
        ? terms.PeriodDays : BillingPeriod.CalendarMonth.DaysOf(terms.Start);

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        if (terms.IsOffered) return;
        var customer = book.FindCustomer(batch.Bytes(terms.Customer));
        book.Charges.Add(new OpenCharge
        {
            Location = location,
            Amount = entry.Amount,
            Account = book.AccountOf(customer, book.Assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
            Tax = BillingBook.TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
            IsDeposit = terms.IsDeposit,
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
            : new InvoiceItem(entry.Amount, BillingBook.TaxOf(batch, terms.Tax), terms.IsGross,
                terms.IsDeposit);
    }
}
