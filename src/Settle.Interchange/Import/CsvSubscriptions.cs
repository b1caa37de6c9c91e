using Settle.Billing;
using Settle.State;

namespace Settle.Import;

/// <summary>
/// A CSV file of subscriptions: <c>subscription,customer,amount,description,start</c>, or
/// <c>quantity</c> and <c>unit_price</c> instead of the amount.
/// </summary>
internal sealed class CsvSubscriptions
{
    private static readonly CsvColumns Columns = new("a file of subscriptions",
        ["subscription", "customer", "description", "start"],
        ["amount", "quantity", "unit_price", "unit", "discount", "end", "every", "anchor", "asset",
        "tax", "prices", "cost_centre", "exemption", "exemption_code"]);

    private readonly CsvRow _row;
    private readonly BillingFacts _facts;

    /// <exception cref="CsvFaultException">The header is not one of such a file.</exception>
    public CsvSubscriptions(CsvFile file, BillingFacts facts)
    {
        _facts = facts;
        _row = new CsvRow(file, Columns);
        CsvPrice.CheckHeader(file);
    }

    /// <summary>The next row; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public SubscriptionRequest? Read()
    {
        if (!_row.File.Read()) return null;
        try
        {
            return ToRequest();
        }
        catch (InvalidRequestException e)
        {
            throw _row.Fault(e);
        }
    }

    private SubscriptionRequest ToRequest()
    {
        var id = _row.Name("subscription");
        var customer = _facts.Customer(_row.Name("customer"));
        var asset = _facts.AssetOf(_row.Text("asset"));
        _facts.CheckTax(_row.Text("tax"));
        var price = new CsvPrice(_row, _facts.ScaleOf(asset ?? customer.Asset));
        return Checked(new SubscriptionRequest
        {
            // The same row is the same request, however often the file is imported.
            Id = id,
            Subscription = id,
            Customer = customer.Id,
            Amount = price.Amount(),
            Quantity = price.Quantity(),
            UnitPrice = price.UnitPrice(),
            Unit = _row.Text("unit"),
            Discount = price.Discount(),
            Asset = asset,
            Description = _row.Line("description", Limits.MemoBytesMax),
            Tax = _row.Text("tax"),
            Exemption = _row.Text("exemption"),
            ExemptionCode = _row.Text("exemption_code"),
            CostCentre = _row.Text("cost_centre"),
            Prices = _row.Word<PriceKind>("prices"),
            Every = _row.Word<BillingInterval>("every"),
            Anchor = _row.Day("anchor"),
            Start = _row.Day("start")
                ?? throw new InvalidRequestException("start", "must not be empty"),
            End = _row.Day("end"),
        });
    }

    // What the ledger would not take is said with its line, before anything is sent.
    private static SubscriptionRequest Checked(SubscriptionRequest request)
    {
        BillingRequests.Add(new RequestBatch(), EntryKind.Subscription, request.Id!,
            BillingRequests.Filler(request, request.Id!, null, LedgerAssets.None));
        return request;
    }
}
