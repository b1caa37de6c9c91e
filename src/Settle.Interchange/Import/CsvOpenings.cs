using Settle.Billing;
using Settle.State;

namespace Settle.Import;

/// <summary>
/// A CSV file of open invoices from another program: <c>number,customer,date,due,amount,open</c>.
/// </summary>
internal sealed class CsvOpenings
{
    private static readonly CsvColumns Columns = new("a file of open invoices",
        ["number", "customer", "date", "due", "amount"], ["open", "asset", "id"]);

    private readonly CsvRow _row;
    private readonly BillingFacts _facts;

    /// <exception cref="CsvFaultException">The header is not one of such a file.</exception>
    public CsvOpenings(CsvFile file, BillingFacts facts)
    {
        _facts = facts;
        _row = new CsvRow(file, Columns);
    }

    /// <summary>The next row; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public OpeningInvoiceRequest? Read()
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

    private OpeningInvoiceRequest ToRequest()
    {
        var customer = _facts.Customer(_row.Name("customer"));
        var asset = _facts.AssetOf(_row.Text("asset"));
        var request = new OpeningInvoiceRequest
        {
            Id = _row.Text("id"),
            Number = _row.Name("number"),
            Customer = customer.Id,
            Date = Day("date"),
            Due = Day("due"),
            Amount = Amount("amount"),
            Open = _row.Text("open") is null ? null : Amount("open"),
            Asset = asset,
        };
        // What the ledger would not take is said with its line, before anything is sent.
        BillingRequests.Add(new RequestBatch(), EntryKind.Opening,
            OpeningInvoiceRequest.IdOf(request),
            BillingRequests.Filler(request, null, LedgerAssets.None));
        return request;

        Money Amount(string column) => Money.InLedgersScale(CsvAmounts.Parse(
            column, _row.Bytes(column), _facts.ScaleOf(asset ?? customer.Asset)), null);

        DateOnly Day(string column) => _row.Day(column)
            ?? throw new InvalidRequestException(column, "must not be empty");
    }
}
