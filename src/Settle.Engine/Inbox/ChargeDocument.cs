using Settle.Billing;
using Settle.State;

namespace Settle.Inbox;

/// <summary>
/// A charge that a manager's app dropped into the database. That its author may, the database's
/// rules have seen to: only tellers write charges.
/// </summary>
internal sealed class ChargeDocument(JsonElement body) : InboxDocument(body)
{
    public const string IdPrefix = "charge:";

    private ChargeRequest? _request;
    private DateOnly _day;

    protected override string Prefix => IdPrefix;

    public override void Add(RequestBatch batch) =>
        BillingRequests.Add(batch, _request!, Id, _day, null, LedgerAssets.None);

    protected override string Read(DocumentFields fields)
    {
        var date = fields.Required("date");
        _day = Parse.Day("date", date);
        _request = new ChargeRequest
        {
            Id = Id,
            Customer = fields.Required("customer"),
            Amount = fields.Amount("amount"),
            Asset = fields.Text("asset"),
            Description = fields.Text("description") ?? throw DocumentFields.Missing("description"),
            Start = fields.Text("start") is { } start ? Parse.Day("start", start) : null,
            Date = _day,
            Tax = fields.Text("tax"),
            Exemption = fields.Text("exemption"),
            ExemptionCode = fields.Text("exemption_code"),
            Prices = fields.Text("prices") is { } prices
                ? Words<PriceKind>.Parse("prices", prices) : null,
            Quantity = Decimal(fields, "quantity"),
            Unit = fields.Text("unit"),
            UnitPrice = Decimal(fields, "unit_price"),
            Discount = fields.Amount("discount"),
            CostCentre = fields.Text("cost_centre"),
            Deposit = fields.Flag("deposit"),
        };
        return fields.Text("timestamp") is { Length: > 0 } timestamp ? timestamp : date;
    }

    private static decimal? Decimal(DocumentFields fields, string field) =>
        fields.Text(field) is { } text ? Parse.Decimal(field, text) : null;
}
