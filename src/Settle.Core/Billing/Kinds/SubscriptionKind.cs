namespace Settle.Billing;

/// <summary>
/// Something to be billed each period; another price of it from a day on; or its end (B7).
/// </summary>
internal sealed class SubscriptionKind : PricedKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        if (terms.Customer.IsEmpty)
        {
            CheckReference(batch, "subscription", terms.Subscription);
            if (terms.Start == 0) CheckDay("end", terms.End);
            else CheckRepricing(batch, request, terms);
            return;
        }
        CheckName(batch, "subscription", terms.Subscription);
        if (terms.End != 0) CheckDay("end", terms.End);
        CheckWhat(batch, terms);
        CheckLines(batch, terms);
        CheckDay("start", terms.Date);
        if (!terms.Every.IsEmpty) IntervalOf(batch, terms);
        if (terms.Anchor != 0) CheckDay("anchor", terms.Anchor);
        CheckPrice(batch, request, terms);
        if (terms.End != 0 && terms.End < terms.Date)
            throw new InvalidRequestException("end", "must not be before start");
    }

    private static void CheckRepricing(
        RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckDay("from", terms.Start);
        CheckPrice(batch, request, terms);
        if (terms.End != 0)
            throw new InvalidRequestException("end", "cannot be combined with from");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var number = decider.Billing.FindSubscription(batch.Bytes(terms.Subscription));
        if (!terms.Customer.IsEmpty)
        {
            if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
            var refusal = decider.FillDefaults(batch, ref request, ref terms);
            if (refusal == RefusalCode.None && number >= 0)
                refusal = RefusalCode.SubscriptionExists;
            return refusal != RefusalCode.None ? refusal
                : DecidePrice(decider, batch, ref request, terms);
        }
        if (terms.Start != 0)
            return DecideRepricing(decider, batch, number, ref request, ref terms);
        if (number < 0) return RefusalCode.SubscriptionNotFound;
        terms.Amended = Amend(decider, batch, number,
            decider.Billing.DaysOf(number) with { End = terms.End },
            OpenOf(decider, number, batch.Bytes(terms.Subscription)));
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        if (!book.IsNewSubscription(batch.Bytes(terms.Subscription), out var number))
        {
            ref var row = ref book.Subscriptions.Touch(number);
            if (terms.Start == 0) row.End = terms.End;
            else row.Price = book.AddPrice(SubscriptionPrice.Of(entry, terms), row.Price);
            foreach (var amended in BillingJson.ReadAmended(batch.Bytes(terms.Amended)))
                Amend(book, number, amended);
            return;
        }
        book.Subscriptions.Add(new SubscriptionRow
        {
            Location = location,
            Price = book.AddPrice(SubscriptionPrice.Of(entry, terms), before: 0),
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

    // What is billed keeps its price; what is charged and open gets the new one.
    private static RefusalCode DecideRepricing(BillingDecider decider, RequestBatch batch,
        int number, ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        if (number < 0) return RefusalCode.SubscriptionNotFound;
        var open = OpenOf(decider, number, batch.Bytes(terms.Subscription));
        var firsts = open.Select(at => billing.FirstDayOf(
            number, billing.Charges.IdOf(at), billing.Charges[at].Date)).ToHashSet();
        if (billing.IsBilled(number, terms.Start, firsts)) return RefusalCode.SubscriptionBilled;
        decider.FillAsset(batch, ref request, ref terms, billing.Subscriptions[number].Asset);
        if (decider.Assets.Find(batch.Bytes(request.Asset)) != billing.Subscriptions[number].Asset)
            return RefusalCode.AssetDiffers;
        var refusal = DecidePrice(decider, batch, ref request, terms);
        if (refusal != RefusalCode.None) return refusal;
        var days = billing.DaysOf(number);
        terms.Amended = Amend(decider, batch, number, days with
        {
            Prices = [SubscriptionPrice.Of(request, terms), .. days.Prices],
        }, open);
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

    // Another charge may only be called so.
    private static List<int> OpenOf(
        BillingDecider decider, int number, ReadOnlySpan<byte> name)
    {
        var open = new List<int>();
        foreach (var at in decider.Billing.OpenPeriodsOf(number))
        {
            if (decider.History.FindEntry(decider.Billing.Charges.IdOf(at))
                is { Entry.Kind: EntryKind.Charge } found
                && found.Batch.Bytes(found.Batch.Billing(found.Entry).Subscription)
                    .SequenceEqual(name))
                open.Add(at);
        }
        return open;
    }

    // Periods that were charged, and that no invoice bills now, have other days or prices then.
    private static Slice Amend(BillingDecider decider, RequestBatch batch, int number,
        SubscriptionDays days, List<int> open)
    {
        var billing = decider.Billing;
        var count = 0;
        decider.Json.Clear();
        foreach (var at in open)
        {
            var id = billing.Charges.IdOf(at);
            ref readonly var charge = ref billing.Charges[at];
            var now = billing.Amended(number, days, id, charge.Date, decider.Follows);
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
