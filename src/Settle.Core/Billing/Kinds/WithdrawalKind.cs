namespace Settle.Billing;

/// <summary>A charge taken back before an invoice bills it, for ever (B14).</summary>
internal sealed class WithdrawalKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        Texts.CheckName("charge", batch.Bytes(request.Reference), Limits.IdBytesMax);
        CheckDay("date", terms.Date);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        if (decider.History.FindEntry(batch.Bytes(request.Reference)) is not { } charge
            || charge.Entry.Refusal != RefusalCode.None
            || !ChargeKind.IsCharge(charge.Batch, charge.Entry))
            return RefusalCode.ChargeNotFound;
        terms.Customer = batch.Append(
            charge.Batch.Bytes(charge.Batch.Billing(charge.Entry).Customer));
        request.Asset = batch.Append(charge.Batch.Bytes(charge.Entry.Asset));
        var open = FindOpen(decider.Billing, batch, request, terms);
        request.Amount = open >= 0 ? decider.Billing.Charges[open].Amount
            : ChargeKind.ItemOf(charge.Batch, charge.Entry).Amount;
        return open < 0 ? RefusalCode.ChargeNotOpen : RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location) =>
        book.Charges.Bill(FindOpen(book, batch, entry, terms), location.Height);

    private static int FindOpen(
        BillingBook book, RequestBatch batch, in Request entry, in BillingTerms terms)
    {
        var account = book.FindAccount(book.FindCustomer(batch.Bytes(terms.Customer)),
            book.Assets.Find(batch.Bytes(entry.Asset)));
        return account < 0 ? -1 : book.FindOpen(account, batch.Bytes(entry.Reference));
    }
}
