namespace Settle.Billing;

/// <summary>
/// What a bank is told to collect of invoices, or to pay of refunds; or that something of an
/// earlier order is not done after all (B21).
/// </summary>
internal sealed class SepaOrderKind : BillingKind
{
    /// <summary>The only currency that SEPA knows.</summary>
    public const string Currency = "EUR";

    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        if (!request.Reference.IsEmpty)
            Texts.CheckName("order", batch.Bytes(request.Reference), Limits.IdBytesMax);
        CheckDay("date", terms.Date);
        var items = BillingJson.ReadOrdered(batch.Bytes(terms.Ordered));
        if (items.Count is 0 or > Limits.SepaItemsMax)
        {
            throw new InvalidRequestException("items", string.Create(
                CultureInfo.InvariantCulture, $"must be 1 to {Limits.SepaItemsMax}"));
        }
        foreach (var item in items) Amounts.Check("items", item.Amount);
        Amounts.Check("items", request.Amount);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var cancelled = request.Reference.IsEmpty ? -1
            : billing.FindOrder(batch.Bytes(request.Reference));
        if (!request.Reference.IsEmpty && cancelled < 0) return RefusalCode.SepaOrderNotFound;
        if (cancelled < 0 && seller.Profile != BillingBook.HashOf(batch, terms.Seller))
            return RefusalCode.SepaOrderOutdated;
        var seen = new HashSet<int>();
        long sum = 0;
        foreach (var item in BillingJson.ReadOrdered(batch.Bytes(terms.Ordered)))
        {
            var number = terms.IsOfRefunds ? billing.FindRefund(item.Number)
                : billing.FindInvoice(item.Number);
            if (number < 0 || !seen.Add(number)
                || !(cancelled >= 0 ? IsCancellable(billing, terms.IsOfRefunds, number, cancelled)
                    : IsOrderable(billing, terms.IsOfRefunds, number, item)))
                return RefusalCode.SepaOrderOutdated;
            sum += item.Amount;
        }
        return sum == request.Amount ? RefusalCode.None : RefusalCode.SepaOrderOutdated;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var items = BillingJson.ReadOrdered(batch.Bytes(terms.Ordered));
        var order = 0;
        if (!entry.Reference.IsEmpty)
        {
            book.Orders.Touch(book.FindOrder(batch.Bytes(entry.Reference))).Cancelled
                += items.Count;
        }
        else
        {
            order = 1 + book.Add(batch.Bytes(entry.Id), new SepaOrderRow
            {
                Location = location,
                Amount = entry.Amount,
                Date = terms.Date,
                Items = items.Count,
                IsOfRefunds = terms.IsOfRefunds,
            });
        }
        foreach (var item in items)
        {
            if (terms.IsOfRefunds) book.Refunds.Touch(book.FindRefund(item.Number)).Order = order;
            else book.Invoices.Touch(book.FindInvoice(item.Number)).Order = order;
        }
    }

    // What was decided on has to be there as it was: less may be open by now, or another account
    // be the customer's.
    private static bool IsOrderable(
        BillingBook billing, bool isOfRefunds, int number, OrderedItem item)
    {
        var (account, order, open) = isOfRefunds
            ? (billing.Refunds[number].Account, billing.Refunds[number].Order,
                billing.Refunds[number].Amount)
            : (billing.Invoices[number].Account, billing.Invoices[number].Order,
                billing.Invoices[number].Open);
        ref readonly var owner = ref billing.Accounts[account];
        return order == 0
            && open == item.Amount
            && billing.Assets[owner.Asset].Code == Currency
            && billing.Customers[owner.Customer].Profile == item.Party;
    }

    // What was paid, or came back after it was paid, was collected.
    private static bool IsCancellable(
        BillingBook billing, bool isOfRefunds, int number, int order) => isOfRefunds
            ? billing.Refunds[number].Order == order + 1
            : billing.Invoices[number].Order == order + 1
                && billing.Invoices[number].IsCollected;
}
