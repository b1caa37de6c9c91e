namespace Settle.Billing;

/// <summary>Something to be billed each month, or its end (B7).</summary>
internal sealed class SubscriptionKind : BillingKind
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
        Amounts.Check("amount", request.Amount);
        if (terms.End != 0 && terms.End < terms.Date)
            throw new InvalidRequestException("end", "must not be before start");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var isKnown = decider.Billing.FindSubscription(batch.Bytes(terms.Subscription)) >= 0;
        if (terms.Customer.IsEmpty)
            return isKnown ? RefusalCode.None : RefusalCode.SubscriptionNotFound;
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var refusal = decider.FillDefaults(batch, ref request, ref terms);
        return refusal == RefusalCode.None && isKnown
            ? RefusalCode.SubscriptionExists : refusal;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        if (!book.IsNewSubscription(batch.Bytes(terms.Subscription), out var number))
        {
            book.Subscriptions.Touch(number).End = terms.End;
            return;
        }
        book.Subscriptions.Add(new SubscriptionRow
        {
            Location = location,
            Amount = entry.Amount,
            Customer = book.FindCustomer(batch.Bytes(terms.Customer)),
            Asset = book.Assets.Find(batch.Bytes(entry.Asset)),
            Start = terms.Date,
            End = terms.End,
            Tax = BillingBook.TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
        });
    }
}
