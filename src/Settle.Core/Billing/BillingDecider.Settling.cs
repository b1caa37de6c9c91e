using System.Text;
using Settle.Chain;

namespace Settle.Billing;

/// <content>Credit notes and payments.</content>
internal sealed partial class BillingDecider
{
    private RefusalCode DecideCreditNote(
        RequestBatch batch, ref Request request, ref BillingTerms terms)
    {
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
        var reopened = terms.IsRebill ? Reopen(batch, request.Reference, invoice.Account) : default;
        var (parts, rounding) = CreditParts.Of(billing, invoice, amount);
        request.Amount = amount;
        FillCustomer(batch, ref request, ref terms, account);
        (terms.Net, terms.TaxSum, terms.Rounding) = (0, 0, rounding);
        foreach (var part in parts)
        {
            terms.Net += part.Net;
            terms.TaxSum += part.Tax;
        }
        terms.Taxes = AppendTaxes(batch, parts);
        terms.Reopened = reopened;
        terms.Number = batch.Append("number",
            billing.Series.Next(seller.SeriesOf(terms.Date, isCreditNote: true)));
        AddPostings(batch, ref request, terms, parts, isCredit: true);
        return RefusalCode.None;
    }

    // The charges as they were: their entries are looked up, because the book forgets them.
    private Slice Reopen(RequestBatch batch, Slice invoiceNumber, int account)
    {
        var invoice = history.FindInvoice(batch.Bytes(invoiceNumber))
            ?? throw new BrokenInvariantException(
                $"invoice {batch.Text(invoiceNumber)} is not found");
        _json.Clear();
        var isFirst = true;
        foreach (var id in BillingJson.ReadTexts(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Charges)))
        {
            BillingJson.WriteReopened(_json, isFirst, Recall(id, invoice, account));
            isFirst = false;
        }
        _json.Raw("]"u8);
        return batch.Append(_json.Written);
    }

    // What an invoice that is not durable yet bills, the book has not forgotten either.
    private ReopenedCharge Recall(byte[] id, RecalledEntry invoice, int account)
    {
        if (billing.FindBilled(account, id, invoice.Height) is { } billed)
            return new ReopenedCharge(id, billed.Amount, billed.Date, billed.Tax, billed.IsGross);
        var found = history.FindEntry(id) ?? throw new BrokenInvariantException(
            $"charge {Encoding.UTF8.GetString(id)}, which was billed, is not found");
        ref readonly var charge = ref found.Batch.Billing(found.Entry);
        return TaxTerm.TryParse(found.Batch.Bytes(charge.Tax), out var tax)
            ? new ReopenedCharge(id, found.Entry.Amount, charge.Date, tax, charge.IsGross)
            : throw new BrokenInvariantException("a charge without a tax was billed");
    }

    private RefusalCode DecidePayment(
        RequestBatch batch, ref Request request, ref BillingTerms terms)
    {
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var invoice = -1;
        if (!request.Reference.IsEmpty)
        {
            invoice = billing.FindInvoice(batch.Bytes(request.Reference));
            if (invoice < 0 || billing.Invoices[invoice].IsCreditNote)
                return RefusalCode.InvoiceNotFound;
            var account = billing.Accounts[billing.Invoices[invoice].Account];
            FillAsset(batch, ref request, ref terms, account.Asset);
            if (assets.Find(batch.Bytes(request.Asset)) != account.Asset)
                return RefusalCode.AssetDiffers;
            if (terms.IsWriteOff && request.Amount > billing.Invoices[invoice].Open)
                return RefusalCode.ExceedsInvoice;
            terms.Customer = batch.Append(billing.CustomerNameBytes(account.Customer));
        }
        else
        {
            var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
            if (customer < 0) return RefusalCode.UnknownCustomer;
            FillAsset(batch, ref request, ref terms, billing.Customers[customer].Asset);
        }
        var left = Allocate(batch, request, ref terms, invoice);
        if (terms.IsWriteOff && left > 0)
        {
            terms.Allocations = default;
            return RefusalCode.ExceedsInvoice;
        }
        var source = terms.IsWriteOff ? batch.Append("write-offs"u8)
            : terms.Source.IsEmpty ? batch.Append("@world"u8) : terms.Source;
        Post(batch, ref request, source, Receivable(batch, terms.Customer), request.Amount,
            isOpposite: false);
        return RefusalCode.None;
    }

    /// <summary>Shares a payment among invoices; how much is left over.</summary>
    private long Allocate(
        RequestBatch batch, in Request request, ref BillingTerms terms, int invoice)
    {
        _json.Clear();
        var (left, count) = (request.Amount, 0);
        if (invoice >= 0)
        {
            Pay(invoice);
        }
        else
        {
            var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
            var account = billing.FindAccount(
                customer, assets.Find(batch.Bytes(request.Asset)));
            var at = account < 0 ? -1 : billing.Accounts[account].FirstUnpaid;
            for (; at >= 0 && left > 0 && count < Limits.AllocationsMax;
                at = billing.Invoices[at].Next)
                Pay(at);
        }
        if (count == 0) return left;
        _json.Raw("]"u8);
        terms.Allocations = batch.Append(_json.Written);
        return left;

        void Pay(int number)
        {
            ref readonly var row = ref billing.Invoices[number];
            var amount = long.Min(left, row.Open);
            if (amount == 0) return;
            BillingJson.WriteAllocation(_json, count++ == 0, billing.NumberOf(row), amount);
            left -= amount;
        }
    }

    private void FillCustomer(RequestBatch batch, ref Request request, ref BillingTerms terms,
        in AccountRow account)
    {
        terms.Customer = batch.Append(billing.CustomerNameBytes(account.Customer));
        request.Asset = account.Asset == 0
            ? default : batch.Append("asset", assets[account.Asset].Code);
    }
}
