namespace Settle.Billing;

/// <summary>
/// A payment that a bank took back. Its fee is charged to the customer, under the same id (B13).
/// </summary>
internal sealed class ChargebackKind : MoneyBackKind
{
    /// <summary>Damages are not subject to VAT.</summary>
    public static readonly TaxTerm FeeTax = new(TaxCategory.OutOfScope, 0);

    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckPayment(batch, request.Reference);
        if (!request.IsWhole) Amounts.Check("amount", request.Amount);
        Amounts.Check("fee", terms.Fee, allowZero: true);
        CheckDay("date", terms.Date);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (terms.Fee > 0 && billing.Seller is null) return RefusalCode.SellerMissing;
        if (FindPayment(decider, batch, request) is not { } payment)
            return RefusalCode.PaymentNotFound;
        if (IsBefore(payment, decider, ref terms)) return RefusalCode.MoneyBackBeforePayment;
        var before = billing.TakenBackOf(batch.Bytes(request.Reference));
        var left = payment.Entry.Amount - before.Amount;
        var amount = request.IsWhole ? left : request.Amount;
        if (left == 0 || amount > left) return RefusalCode.ExceedsPayment;
        request.Amount = amount;
        request.Asset = batch.Append(payment.Batch.Bytes(payment.Entry.Asset));
        terms.Customer = batch.Append(
            payment.Batch.Bytes(payment.Batch.Billing(payment.Entry).Customer));
        var account = billing.FindAccount(billing.FindCustomer(batch.Bytes(terms.Customer)),
            decider.Assets.Find(batch.Bytes(request.Asset)));
        var back = new MoneyBack(billing, account);
        // The bank has taken it, so what is missing is the customer's debt beyond the invoices.
        back.TakePayment(payment, before, amount);
        Fill(decider, batch, ref request, ref terms, back, payment);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        base.Apply(book, batch, entry, terms, location);
        if (terms.Fee == 0) return;
        book.Charges.Add(new OpenCharge
        {
            Location = location,
            Amount = terms.Fee,
            Account = book.AccountOf(book.FindCustomer(batch.Bytes(terms.Customer)),
                book.Assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
            Tax = FeeTax,
        }, batch.Bytes(entry.Id));
    }
}
