using Settle.Chain;

namespace Settle.Billing;

/// <summary>
/// The rules of billing: whether a request is allowed, and what the entry will record. It picks the
/// charges, computes the sums and gives the number, all in the block that makes the invoice (B1).
/// Pure.
/// </summary>
internal sealed partial class BillingDecider(
    BillingBook billing, AssetTable assets, IHistory history)
{
    private readonly JsonBuffer _json = new(1024);
    private readonly List<int> _picked = [];

    /// <summary>
    /// Decides all but whether the money can move; fills in what the entry records.
    /// </summary>
    public RefusalCode Decide(RequestBatch batch, ref Request request)
    {
        ref var terms = ref batch.Billing(request);
        return request.Kind switch
        {
            EntryKind.Seller => RefusalCode.None,
            EntryKind.Customer =>
                request.FromPosition < 0 ? RefusalCode.UnknownAsset : RefusalCode.None,
            EntryKind.Charge => DecideCharge(batch, ref request, ref terms),
            EntryKind.Subscription => DecideSubscription(batch, ref request, ref terms),
            EntryKind.Invoice => DecideInvoice(batch, ref request, ref terms),
            EntryKind.CreditNote => DecideCreditNote(batch, ref request, ref terms),
            _ => DecidePayment(batch, ref request, ref terms),
        };
    }

    /// <summary>A refused entry records no number and no sums; its postings say why.</summary>
    public static void Forget(RequestBatch batch, ref Request request)
    {
        ref var terms = ref batch.Billing(request);
        (terms.Number, terms.Charges, terms.Taxes) = (default, default, default);
        (terms.Allocations, terms.Reopened) = (default, default);
        (terms.Seller, terms.Buyer) = (default, default);
        (terms.Net, terms.TaxSum, terms.Rounding, terms.Paid, terms.Due) = (0, 0, 0, 0, 0);
    }

    private RefusalCode DecideCharge(
        RequestBatch batch, ref Request request, ref BillingTerms terms)
    {
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var refusal = FillDefaults(batch, ref request, ref terms);
        if (refusal != RefusalCode.None || !terms.HasUnitPrice) return refusal;
        var scale = assets[assets.Find(batch.Bytes(request.Asset))].Scale;
        var amount = LineAmount.Of(terms.Quantity, terms.UnitPrice, scale) - terms.Discount;
        if (amount < 0 || amount > Limits.AmountMax) return RefusalCode.AmountOutOfRange;
        request.Amount = (long)amount;
        return RefusalCode.None;
    }

    private RefusalCode DecideSubscription(
        RequestBatch batch, ref Request request, ref BillingTerms terms)
    {
        var isKnown = billing.FindSubscription(batch.Bytes(terms.Subscription)) >= 0;
        if (terms.Customer.IsEmpty)
            return isKnown ? RefusalCode.None : RefusalCode.SubscriptionNotFound;
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var refusal = FillDefaults(batch, ref request, ref terms);
        return refusal == RefusalCode.None && isKnown
            ? RefusalCode.SubscriptionExists : refusal;
    }

    // An entry says what it was decided with, so that a reader needs no other (C5).
    private RefusalCode FillDefaults(
        RequestBatch batch, ref Request request, ref BillingTerms terms)
    {
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (customer < 0) return RefusalCode.UnknownCustomer;
        FillAsset(batch, ref request, ref terms, billing.Customers[customer].Asset);
        if (terms.Tax.IsEmpty && seller.DefaultTax is { } tax)
            (terms.Tax, terms.IsDefaultTax) = (batch.Append("tax", tax.Text), true);
        return !terms.Tax.IsEmpty
            && TaxTerm.TryParse(batch.Bytes(terms.Tax), out var named) && seller.Knows(named)
                ? RefusalCode.None : RefusalCode.UnknownTaxRate;
    }

    private void FillAsset(
        RequestBatch batch, ref Request request, ref BillingTerms terms, int asset)
    {
        if (asset <= 0 || !request.Asset.IsEmpty) return;
        terms.IsNamedAsset |= !request.AssetGiven.IsEmpty;
        if (terms.IsNamedAsset) return;
        request.Asset = batch.Append("asset", assets[asset].Code);
        terms.IsDefaultAsset = true;
    }

    private RefusalCode DecideInvoice(
        RequestBatch batch, ref Request request, ref BillingTerms terms)
    {
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var number = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (number < 0) return RefusalCode.UnknownCustomer;
        var asset = assets.Find(batch.Bytes(request.Asset));
        var account = asset < 0 ? -1 : billing.FindAccount(number, asset);
        if (account < 0) return RefusalCode.NothingToInvoice;
        billing.Pick(account, terms.Through, _picked);
        if (_picked.Count == 0) return RefusalCode.NothingToInvoice;
        ref readonly var customer = ref billing.Customers[number];
        var items = new InvoiceItem[_picked.Count];
        for (var i = 0; i < items.Length; i++) items[i] = billing.Charges[_picked[i]].Item;
        if (InvoiceMaker.Make(items, customer.TreatmentOrNone) is not { } sums)
            return RefusalCode.AmountOutOfRange;
        request.Amount = sums.Amount;
        FillSums(batch, ref terms, sums);
        terms.Charges = AppendIds(batch);
        terms.Due = terms.Date + customer.TermsDays;
        terms.Paid = long.Clamp(billing.Accounts[account].Credit, 0, sums.Amount);
        terms.Number = batch.Append("number",
            billing.Series.Next(seller.SeriesOf(terms.Date, isCreditNote: false)));
        terms.Seller = AppendHash(batch, seller.Profile);
        terms.Buyer = AppendHash(batch, customer.Profile);
        AddPostings(batch, ref request, terms, sums.Taxes, isCredit: false);
        return RefusalCode.None;
    }

    private void FillSums(RequestBatch batch, ref BillingTerms terms, InvoiceSums sums)
    {
        (terms.Net, terms.TaxSum, terms.Rounding) = (sums.Net, sums.Tax, sums.Rounding);
        terms.Taxes = AppendTaxes(batch, sums.Taxes);
    }

    private Slice AppendTaxes(RequestBatch batch, ReadOnlySpan<TaxSum> taxes)
    {
        _json.Clear();
        BillingJson.WriteTaxes(_json, taxes);
        return batch.Append(_json.Written);
    }

    private Slice AppendIds(RequestBatch batch)
    {
        _json.Clear();
        _json.Raw("["u8);
        for (var i = 0; i < _picked.Count; i++)
        {
            if (i > 0) _json.Raw(","u8);
            _json.String(billing.Charges.IdOf(_picked[i]));
        }
        _json.Raw("]"u8);
        return batch.Append(_json.Written);
    }

    private static Slice AppendHash(RequestBatch batch, BlockHash hash)
    {
        var hex = (stackalloc byte[BlockHash.TextLength]);
        hash.WriteHex(hex);
        return batch.Append(hex);
    }

    /// <summary>
    /// The postings of an invoice, or the opposite of a credit note: what the customer owes, the
    /// revenue, each tax, the rounding.
    /// </summary>
    private static void AddPostings(RequestBatch batch, ref Request request,
        in BillingTerms terms, ReadOnlySpan<TaxSum> taxes, bool isCredit)
    {
        var receivable = Receivable(batch, terms.Customer);
        Post(batch, ref request, receivable, batch.Append("revenue"u8), terms.Net, isCredit);
        foreach (var tax in taxes)
        {
            if (tax.Tax == 0) continue;
            var account = batch.Append("to", $"tax:{tax.Term.Code}:{tax.Term.RateText}");
            Post(batch, ref request, receivable, account, tax.Tax, isCredit);
        }
        Post(batch, ref request, receivable, batch.Append("rounding"u8), terms.Rounding, isCredit);
    }

    private static Slice Receivable(RequestBatch batch, Slice customer) =>
        batch.Append("to", "receivable:" + batch.Text(customer));

    private static void Post(RequestBatch batch, ref Request request, Slice from, Slice to,
        long amount, bool isOpposite)
    {
        if (amount == 0) return;
        if (isOpposite == amount > 0) (from, to) = (to, from);
        ref var posting = ref batch.AddPosting(ref request);
        (posting.From, posting.To, posting.Asset) = (from, to, request.Asset);
        posting.Amount = long.Abs(amount);
    }
}
