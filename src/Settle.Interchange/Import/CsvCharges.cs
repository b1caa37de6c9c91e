using Settle.Billing;
using Settle.State;

namespace Settle.Import;

/// <summary>
/// A CSV file of charges: <c>id,customer,amount,description,date</c>, or <c>quantity</c> and
/// <c>unit_price</c> instead of the amount.
/// </summary>
internal sealed class CsvCharges
{
    private static readonly CsvColumns Columns = new("a file of charges",
        ["id", "customer", "description"],
        ["amount", "date", "time", "asset", "tax", "prices", "quantity", "unit_price", "unit",
        "discount", "cost_centre", "start", "exemption", "exemption_code", "deposit"])
        { MayHaveVerdicts = true };

    // A moment is a day of the customer's zone; which one makes no charge wrong.
    private static readonly DateOnly AnyDay = new(2000, 1, 1);

    private readonly RequestBatch _scratch = new();
    private readonly CsvRow _row;
    private readonly BillingFacts _facts;

    /// <exception cref="CsvFaultException">The header is not one of such a file.</exception>
    public CsvCharges(CsvFile file, BillingFacts facts)
    {
        _facts = facts;
        _row = new CsvRow(file, Columns);
        CsvPrice.CheckHeader(file);
    }

    /// <summary>The next row; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public ChargeRequest? Read()
    {
        if (!_row.File.Read()) return null;
        try
        {
            var charge = ToRequest();
            // What the ledger would not take is said with its line, before anything is sent.
            _scratch.Clear();
            BillingRequests.Add(_scratch, charge, charge.Id!, charge.Date ?? charge.Start ?? AnyDay,
                null,
                LedgerAssets.None);
            return charge;
        }
        catch (InvalidRequestException e)
        {
            throw _row.Fault(e);
        }
    }

    private ChargeRequest ToRequest()
    {
        var customer = _facts.Customer(_row.Name("customer"));
        var asset = _facts.AssetOf(_row.Text("asset"));
        var scale = _facts.ScaleOf(asset ?? customer.Asset);
        _facts.CheckTax(_row.Text("tax"));
        var (day, time) = When();
        var price = new CsvPrice(_row, scale);
        return new ChargeRequest
        {
            Id = _row.Name("id"),
            Customer = customer.Id,
            Amount = price.Amount(),
            Asset = asset,
            Start = _row.Day("start"),
            Date = day,
            Time = time,
            Description = _row.Line("description", Limits.MemoBytesMax),
            Tax = _row.Text("tax"),
            Exemption = _row.Text("exemption"),
            ExemptionCode = _row.Text("exemption_code"),
            Prices = _row.Word<PriceKind>("prices"),
            Quantity = price.Quantity(),
            UnitPrice = price.UnitPrice(),
            Unit = _row.Text("unit"),
            CostCentre = _row.Text("cost_centre"),
            Deposit = _row.Flag("deposit"),
            Discount = price.Discount(),
        };
    }

    /// <summary>A date, or a moment in either column.</summary>
    private (DateOnly? Day, DateTimeOffset? Time) When()
    {
        if (_row.Has("date") && _row.Has("time"))
            throw new InvalidRequestException("time", "must be empty if there is a date");
        var column = _row.Has("time") ? "time" : "date";
        var text = _row.Text(column);
        if (text is null || text.Length == "2026-10-31".Length) return (_row.Day(column), null);
        var time = Parse.Time(column, text);
        // A zone is at most a day away.
        Parse.Day(column, time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return (null, time);
    }
}
