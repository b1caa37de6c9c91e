namespace Settle.Billing;

/// <summary>
/// An invoice that its customer is not to be reminded of, or is again: it is disputed (B22).
/// </summary>
internal sealed class ReminderHoldKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckNumber(batch, request.Reference);
        CheckDay("date", terms.Date);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        var number = billing.FindInvoice(batch.Bytes(request.Reference));
        if (number < 0 || billing.Invoices[number].IsCreditNote) return RefusalCode.InvoiceNotFound;
        var account = billing.Accounts[billing.Invoices[number].Account];
        terms.Customer = batch.Append(billing.CustomerNameBytes(account.Customer));
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location) => book.Invoices.Touch(
            book.FindInvoice(batch.Bytes(entry.Reference))).IsHeld = !terms.IsReleased;
}
