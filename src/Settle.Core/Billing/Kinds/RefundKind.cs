namespace Settle.Billing;

/// <summary>
/// Money given back to a customer: what was paid too much, or what one payment brought (B13).
/// </summary>
internal sealed class RefundKind : MoneyBackKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckName(batch, "customer", terms.Customer);
        if (!request.Reference.IsEmpty) CheckPayment(batch, request.Reference);
        Amounts.Check("amount", request.Amount);
        CheckDay("date", terms.Date);
        if (!request.To.IsEmpty) CheckOwn(batch, "to", request.To);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (customer < 0) return RefusalCode.UnknownCustomer;
        var payment = request.Reference.IsEmpty ? null : FindPayment(decider, batch, request);
        if (!request.Reference.IsEmpty && (payment is null
            || !payment.Batch.Bytes(payment.Batch.Billing(payment.Entry).Customer)
                .SequenceEqual(batch.Bytes(terms.Customer))))
            return RefusalCode.PaymentNotFound;
        var asset = payment is null ? billing.Customers[customer].Asset
            : decider.Assets.Find(payment.Batch.Bytes(payment.Entry.Asset));
        decider.FillAsset(batch, ref request, ref terms, asset);
        var named = decider.Assets.Find(batch.Bytes(request.Asset));
        if (payment is not null && named != asset) return RefusalCode.AssetDiffers;
        var account = billing.FindAccount(customer, named);
        if (account < 0) return RefusalCode.ExceedsCredit;
        var back = new MoneyBack(billing, account);
        if (payment is null)
        {
            back.TakeCredit(request.Amount);
            if (back.Missing > 0) return RefusalCode.ExceedsCredit;
            if (IsBefore(billing.Accounts[account].CreditSince, decider, ref terms))
                return RefusalCode.MoneyBackBeforePayment;
        }
        else
        {
            if (IsBefore(payment, decider, ref terms))
                return RefusalCode.MoneyBackBeforePayment;
            var before = billing.TakenBackOf(batch.Bytes(request.Reference));
            if (request.Amount > payment.Entry.Amount - before.Amount)
                return RefusalCode.ExceedsPayment;
            back.TakePayment(payment, before, request.Amount);
            if (back.Missing > 0) return RefusalCode.ExceedsPayment;
        }
        Fill(decider, batch, ref request, ref terms, back, payment);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        base.Apply(book, batch, entry, terms, location);
        book.Add(batch.Bytes(entry.Id), new RefundRow
        {
            Location = location,
            Amount = entry.Amount,
            Account = book.AccountOf(book.FindCustomer(batch.Bytes(terms.Customer)),
                book.Assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
        });
    }
}
