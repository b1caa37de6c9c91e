using Settle.Billing;
using Settle.State;

namespace Settle.Import;

/// <summary>
/// A CSV file of quotes: <c>quote,customer,description,amount</c>, or <c>quantity</c> and
/// <c>unit_price</c> instead of the amount. The rows of a quote follow each other, a line each;
/// what is said of the whole stands in its first row.
/// </summary>
internal sealed class CsvQuotes
{
    private static readonly CsvColumns Columns = new("a file of quotes",
        ["quote", "customer", "description"],
        ["amount", "date", "valid_until", "note", "asset", "tax", "prices", "quantity",
        "unit_price", "unit", "discount", "cost_centre", "exemption", "exemption_code"]);

    // Which day it is makes no line wrong.
    private static readonly DateOnly AnyDay = new(2000, 1, 1);

    private readonly RequestBatch _scratch = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly CsvRow _row;
    private readonly BillingFacts _facts;
    private QuoteRequest? _next;
    private string? _faulty;

    /// <exception cref="CsvFaultException">The header is not one of such a file.</exception>
    public CsvQuotes(CsvFile file, BillingFacts facts)
    {
        _facts = facts;
        _row = new CsvRow(file, Columns);
        CsvPrice.CheckHeader(file);
    }

    /// <summary>The next quote with all its lines; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">A row is wrong.</exception>
    public QuoteRequest? Read()
    {
        var lines = new List<QuoteLine>(_next?.Lines ?? []);
        var quote = _next;
        _next = null;
        while (_row.File.Read())
        {
            try
            {
                var id = _row.Name("quote");
                if (id == _faulty) continue;
                if (quote?.Id == id)
                {
                    CheckSame(quote);
                    lines.Add(Line(quote));
                    if (lines.Count > Limits.QuoteLinesMax)
                    {
                        throw Parse.Fault("quote", id, string.Create(CultureInfo.InvariantCulture,
                            $"has more than {Limits.QuoteLinesMax} lines"));
                    }
                    continue;
                }
                var begun = Begin(id);
                begun = begun with { Lines = [Line(begun)] };
                if (quote is not null)
                {
                    _next = begun;
                    break;
                }
                (quote, lines) = (begun, [.. begun.Lines]);
            }
            catch (InvalidRequestException e)
            {
                // What else is wrong with it may follow from this.
                _faulty = _row.Text("quote");
                throw _row.Fault(e);
            }
        }
        return quote is null ? null : quote with { Lines = lines };
    }

    private QuoteRequest Begin(string id)
    {
        Texts.CheckName("quote", Encoding.UTF8.GetBytes(id), Limits.RunIdBytesMax);
        if (!_seen.Add(id))
            throw Parse.Fault("quote", id, "has rows further above; put its rows together");
        var quote = new QuoteRequest
        {
            Id = id,
            Customer = _facts.Customer(_row.Name("customer")).Id,
            Lines = [],
            Asset = _facts.AssetOf(_row.Text("asset")),
            Date = _row.Day("date"),
            ValidUntil = _row.Day("valid_until"),
            Note = _row.Has("note") ? _row.Line("note", Limits.MemoBytesMax) : null,
        };
        // Today may be behind its last day once it is sent, and a part of the file with it.
        if (quote is { ValidUntil: not null, Date: null })
            throw new InvalidRequestException("date", "is missing; valid_until needs it");
        if (quote.ValidUntil < quote.Date)
        {
            throw Parse.Fault("valid_until", _row.Text("valid_until")!,
                $"is before {quote.Date:yyyy-MM-dd}, the date of the quote");
        }
        return quote;
    }

    // A row may repeat what the first one says, or leave it empty.
    private void CheckSame(QuoteRequest quote)
    {
        Check("customer", _row.Text("customer"), quote.Customer);
        Check("asset", _facts.AssetOf(_row.Text("asset")), quote.Asset);
        Check("date", _row.Day("date"), quote.Date);
        Check("valid_until", _row.Day("valid_until"), quote.ValidUntil);
        Check("note", _row.Text("note"), quote.Note);

        void Check<T>(string column, T? said, T? first)
        {
            if (said is null || EqualityComparer<T>.Default.Equals(said, first)) return;
            throw Parse.Fault(column, _row.Text(column)!,
                $"is not what the first row of quote '{quote.Id}' says; leave it empty here");
        }
    }

    private QuoteLine Line(QuoteRequest quote)
    {
        _facts.CheckTax(_row.Text("tax"));
        var price = new CsvPrice(
            _row, _facts.ScaleOf(quote.Asset ?? _facts.Customer(quote.Customer).Asset));
        var line = new QuoteLine
        {
            Amount = price.Amount(),
            Description = _row.Line("description", Limits.MemoBytesMax),
            Tax = _row.Text("tax"),
            Exemption = _row.Text("exemption"),
            ExemptionCode = _row.Text("exemption_code"),
            Prices = _row.Word<PriceKind>("prices"),
            Quantity = price.Quantity(),
            UnitPrice = price.UnitPrice(),
            Unit = _row.Text("unit"),
            CostCentre = _row.Text("cost_centre"),
            Discount = price.Discount(),
        };
        // What the ledger would not take is said with its row, before anything is sent.
        _scratch.Clear();
        BillingRequests.Add(_scratch, BillingRequests.Offered(quote, line),
            QuoteKind.LineId(quote.Id!, 1), quote.Date ?? AnyDay, null, LedgerAssets.None,
            isOffered: true);
        return line;
    }
}
