namespace Settle.Billing;

/// <summary>
/// The rules of billing: whether a request is allowed, and what the entry will record. It picks the
/// charges, computes the sums and gives the number, all in the block that makes the invoice (B1).
/// Pure.
/// </summary>
internal sealed class BillingDecider(
    BillingBook billing, IHistory history, Func<byte, bool> follows)
{
    public BillingBook Billing => billing;

    public AssetTable Assets => billing.Assets;

    public IHistory History => history;

    /// <summary>Whether the block follows the rules of a version where older ones differ.</summary>
    public Func<byte, bool> Follows => follows;

    /// <summary>For one list at a time.</summary>
    public JsonBuffer Json { get; } = new(1024);

    /// <inheritdoc cref="BillingKind.Decide"/>
    public RefusalCode Decide(RequestBatch batch, ref Request request) =>
        BillingKind.Of(request.Kind).Decide(this, batch, ref request, ref batch.Billing(request));

    // An entry says what it was decided with, so that a reader needs no other (C5).
    public RefusalCode FillDefaults(RequestBatch batch, ref Request request, ref BillingTerms terms)
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

    public void FillAsset(
        RequestBatch batch, ref Request request, ref BillingTerms terms, int asset)
    {
        if (asset <= 0 || !request.Asset.IsEmpty) return;
        terms.IsNamedAsset |= !request.AssetGiven.IsEmpty;
        if (terms.IsNamedAsset) return;
        request.Asset = batch.Append("asset", Assets[asset].Code);
        terms.IsDefaultAsset = true;
    }

    public Slice AppendTaxes(RequestBatch batch, ReadOnlySpan<TaxSum> taxes)
    {
        Json.Clear();
        BillingJson.WriteTaxes(Json, taxes);
        return batch.Append(Json.Written);
    }

    /// <summary>
    /// The postings of an invoice, or the opposite of a credit note: what the customer owes, the
    /// revenue, each tax, the rounding.
    /// </summary>
    public static void AddPostings(RequestBatch batch, ref Request request,
        in BillingTerms terms, ReadOnlySpan<TaxSum> taxes, bool isCredit) =>
        AddPostings(
            batch, ref request, terms.Customer, terms.Net, taxes, terms.Rounding, isCredit);

    /// <summary>The same of a cash discount: what it corrects, or no longer does.</summary>
    public static void AddPostings(RequestBatch batch, ref Request request, Slice customer,
        TakenDiscount discount, bool isTaken) => AddPostings(
            batch, ref request, customer, discount.Net, discount.Taxes, discount.Rounding, isTaken);

    private static void AddPostings(RequestBatch batch, ref Request request, Slice customer,
        long net, ReadOnlySpan<TaxSum> taxes, long rounding, bool isCredit)
    {
        var receivable = Receivable(batch, customer);
        Post(batch, ref request, receivable, batch.Append(BillingAccounts.Revenue),
            net, isCredit);
        foreach (var tax in taxes)
        {
            if (tax.Tax == 0) continue;
            var account = batch.Append("to", BillingAccounts.Tax(tax.Term));
            Post(batch, ref request, receivable, account, tax.Tax, isCredit);
        }
        Post(batch, ref request, receivable, batch.Append(BillingAccounts.Rounding),
            rounding, isCredit);
    }

    public static Slice Receivable(RequestBatch batch, Slice customer) =>
        BillingAccounts.AppendReceivable(batch, customer);

    public static void Post(RequestBatch batch, ref Request request, Slice from, Slice to,
        long amount, bool isOpposite)
    {
        if (amount == 0) return;
        if (isOpposite == amount > 0) (from, to) = (to, from);
        ref var posting = ref batch.AddPosting(ref request);
        (posting.From, posting.To, posting.Asset) = (from, to, request.Asset);
        posting.Amount = long.Abs(amount);
    }
}
