namespace Settle.Billing;

/// <summary>An invoice taken back, wholly or in part (B2, B8).</summary>
internal sealed class CreditNoteKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckNumber(batch, request.Reference);
        CheckDay("date", terms.Date);
        if (!request.IsWhole) Amounts.Check("amount", request.Amount);
        if (terms.IsRebill && !request.IsWhole)
            throw new InvalidRequestException(
                "rebill", "cannot be combined with amount; only a whole invoice is billed again");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var number = billing.FindInvoice(batch.Bytes(request.Reference));
        if (number < 0 || billing.Invoices[number].IsCreditNote)
            return RefusalCode.InvoiceNotFound;
        ref readonly var invoice = ref billing.Invoices[number];
        var isCreditedBefore = invoice.LastCredit >= 0;
        if (isCreditedBefore && (terms.IsRebill || invoice.Creditable == 0))
            return RefusalCode.AlreadyCredited;
        if (request.IsWhole && terms.IsRebill && invoice.WrittenOff > 0)
            return RefusalCode.ExceedsInvoice;
        var amount = request.IsWhole ? invoice.Creditable : request.Amount;
        if (amount > invoice.Creditable || (request.IsWhole && invoice.WrittenOff > 0
            && amount == 0))
            return RefusalCode.ExceedsInvoice;
        var account = billing.Accounts[invoice.Account];
        var reopened = terms.IsRebill
            ? Reopen(decider, batch, request.Reference, invoice.Account) : default;
        var (parts, rounding) = CreditParts.Of(
            billing, invoice, amount, decider.Follows);
        request.Amount = amount;
        FillCustomer(decider, batch, ref request, ref terms, account);
        (terms.Net, terms.TaxSum, terms.Rounding) = (0, 0, rounding);
        foreach (var part in parts)
        {
            terms.Net += part.Net;
            terms.TaxSum += part.Tax;
        }
        terms.Taxes = decider.AppendTaxes(batch, parts);
        terms.Reopened = reopened;
        terms.Number = batch.Append("number",
            billing.Series.Next(seller.SeriesOf(terms.Date, isCreditNote: true)));
        BillingDecider.AddPostings(batch, ref request, terms, parts, isCredit: true);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var corrected = book.FindInvoice(batch.Bytes(entry.Reference));
        var account = book.Invoices[corrected].Account;
        var number = book.Add(batch, entry, terms, new InvoiceRow
        {
            Location = location,
            Account = account,
            Due = terms.Date,
            Through = terms.Date,
            Corrects = corrected,
            LastCredit = book.Invoices[corrected].LastCredit,
        });
        ref var invoice = ref book.Invoices.Touch(corrected);
        invoice.LastCredit = number;
        invoice.Credited += entry.Amount;
        invoice.IsRebilled |= terms.IsRebill;
        // What was paid of it already is the customer's again.
        var surplus = -long.Min(0, invoice.Open);
        invoice.Paid -= surplus;
        if (surplus > 0) book.Accounts.Touch(account).Credit += surplus;
        foreach (var charge in BillingJson.ReadReopened(batch.Bytes(terms.Reopened)))
        {
            book.Charges.Add(new OpenCharge
            {
                Location = location,
                Amount = charge.Amount,
                Account = account,
                Date = charge.Date,
                Tax = charge.Tax,
                IsGross = charge.IsGross,
            }, charge.Id);
        }
    }

    // The charges as they were: their entries are looked up, because the book forgets them.
    private static Slice Reopen(
        BillingDecider decider, RequestBatch batch, Slice invoiceNumber, int account)
    {
        var invoice = decider.History.FindInvoice(batch.Bytes(invoiceNumber))
            ?? throw new BrokenInvariantException(
                $"invoice {batch.Text(invoiceNumber)} is not found");
        decider.Json.Clear();
        var isFirst = true;
        foreach (var id in BillingJson.ReadTexts(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Charges)))
        {
            BillingJson.WriteReopened(decider.Json, isFirst, Recall(decider, id, invoice, account));
            isFirst = false;
        }
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }

    // What an invoice that is not durable yet bills, the book has not forgotten either.
    private static ReopenedCharge Recall(
        BillingDecider decider, byte[] id, RecalledEntry invoice, int account)
    {
        if (decider.Billing.FindBilled(account, id, invoice.Height) is { } billed)
            return new ReopenedCharge(id, billed.Amount, billed.Date, billed.Tax, billed.IsGross);
        var found = decider.History.FindEntry(id) ?? throw new BrokenInvariantException(
            $"charge {Encoding.UTF8.GetString(id)}, which was billed, is not found");
        var charge = ChargeKind.ItemOf(found.Batch, found.Entry);
        return new ReopenedCharge(id, charge.Amount, found.Batch.Billing(found.Entry).Date,
            charge.Tax, charge.IsGross);
    }

    private static void FillCustomer(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms, in AccountRow account)
    {
        terms.Customer = batch.Append(decider.Billing.CustomerNameBytes(account.Customer));
        request.Asset = account.Asset == 0
            ? default : batch.Append("asset", decider.Assets[account.Asset].Code);
    }
}
