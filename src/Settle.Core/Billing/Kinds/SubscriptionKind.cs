namespace Settle.Billing;

/// <summary>Something to be billed each period, or its end (B7).</summary>
internal sealed class SubscriptionKind : PricedKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        if (terms.Customer.IsEmpty) CheckReference(batch, "subscription", terms.Subscription);
        else CheckName(batch, "subscription", terms.Subscription);
        if (terms.End != 0) CheckDay("end", terms.End);
        if (terms.Customer.IsEmpty)
        {
            CheckDay("end", terms.End);
            return;
        }
        CheckWhat(batch, terms);
        CheckDay("start", terms.Date);
        if (!terms.Every.IsEmpty) IntervalOf(batch, terms);
        if (terms.Anchor != 0) CheckDay("anchor", terms.Anchor);
        CheckPrice(batch, request, terms);
        if (terms.End != 0 && terms.End < terms.Date)
            throw new InvalidRequestException("end", "must not be before start");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var isKnown = decider.Billing.FindSubscription(batch.Bytes(terms.Subscription)) >= 0;
        if (terms.Customer.IsEmpty)
        {
            if (!isKnown) return RefusalCode.SubscriptionNotFound;
            terms.Amended = Amend(decider, batch, terms);
            return RefusalCode.None;
        }
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var refusal = decider.FillDefaults(batch, ref request, ref terms);
        if (refusal == RefusalCode.None && isKnown) refusal = RefusalCode.SubscriptionExists;
        return refusal != RefusalCode.None ? refusal
            : DecidePrice(decider, batch, ref request, terms);
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        if (!book.IsNewSubscription(batch.Bytes(terms.Subscription), out var number))
        {
            book.Subscriptions.Touch(number).End = terms.End;
            foreach (var amended in BillingJson.ReadAmended(batch.Bytes(terms.Amended)))
                Amend(book, number, amended);
            return;
        }
        book.Subscriptions.Add(new SubscriptionRow
        {
            Location = location,
            Price = SubscriptionPrice.Of(entry, terms),
            Customer = book.FindCustomer(batch.Bytes(terms.Customer)),
            Asset = book.Assets.Find(batch.Bytes(entry.Asset)),
            Start = terms.Date,
            End = terms.End,
            Period = new BillingPeriod(IntervalOf(batch, terms), terms.Anchor),
            Tax = BillingBook.TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
        });
    }

    // What comes to nothing would never be charged.
    private static RefusalCode DecidePrice(BillingDecider decider, RequestBatch batch,
        ref Request request, in BillingTerms terms)
    {
        if (WholeOf(decider, batch, request, terms, min: 1) is not { } whole)
            return RefusalCode.AmountOutOfRange;
        request.Amount = whole;
        return RefusalCode.None;
    }

    // A month is what nothing is said for, as in blocks from before there were others.
    private static BillingInterval IntervalOf(RequestBatch batch, in BillingTerms terms)
    {
        if (terms.Every.IsEmpty) return BillingInterval.Month;
        var interval = Words<BillingInterval>.Parse("every", batch.Text(terms.Every));
        return interval != BillingInterval.Month ? interval
            : throw new InvalidRequestException("every", "is left out for a month");
    }

    // Periods that were charged, and that no invoice bills now, have other days then.
    private static Slice Amend(
        BillingDecider decider, RequestBatch batch, in BillingTerms terms)
    {
        var billing = decider.Billing;
        var name = batch.Bytes(terms.Subscription);
        var number = billing.FindSubscription(name);
        var days = billing.DaysOf(number) with { End = terms.End };
        var count = 0;
        decider.Json.Clear();
        foreach (var at in billing.OpenPeriodsOf(number))
        {
            var id = billing.Charges.IdOf(at);
            if (decider.History.FindEntry(id) is not { Entry.Kind: EntryKind.Charge } found
                || !found.Batch.Bytes(found.Batch.Billing(found.Entry).Subscription)
                    .SequenceEqual(name))
                continue;
            ref readonly var charge = ref billing.Charges[at];
            var now = billing.Amended(number, days, id, charge.Date);
            if (now == (charge.Amount, charge.Date) || !decider.Follows(8)) continue;
            BillingJson.WriteAmended(decider.Json, count++ == 0,
                new AmendedCharge(id.ToArray(), now.Amount, now.Date));
        }
        if (count == 0) return default;
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }

    private static void Amend(BillingBook book, int subscription, in AmendedCharge amended)
    {
        var row = book.Subscriptions[subscription];
        var charge = book.FindOpen(
            book.FindAccount(row.Customer, row.Asset), amended.Id);
        if (charge < 0)
            throw new BrokenInvariantException($"{Encoding.UTF8.GetString(amended.Id)} is amended, "
                + "but is not open");
        book.Charges.Amend(charge, amended);
        book.NoteDays(subscription, amended.Id, amended.Amount, amended.Date);
    }
}
