namespace Settle.Cli.Commands;

/// <summary>Offers something to a customer.</summary>
internal sealed class QuoteAddCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Option<QuoteLine[]?> _lines = Typed.Each("--line", "LINE",
        "PRICE TEXT, as in '950 Web site' or '8x95 Consulting'. Between them may be unit=HUR, "
            + "tax=19 and discount=10; may be repeated", QuoteWord.Parse);

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The date of the quote [default: today]");

    private readonly Option<DateOnly?> _validUntil = Typed.Day("--valid-until",
        "The last day on which it can be accepted [default: no such day]");

    private readonly Option<string> _note = Typed.Text("--note", "TEXT",
        "A text for the customer, which the letter begins with");

    private readonly Option<string> _tax = Typed.Text("--tax", "TAX",
        "The tax of lines that name none [default: the seller's]");

    private readonly Option<bool> _gross = new("--gross") { Description = "Prices include tax" };

    private readonly Option<string> _asset = Typed.Asset("The asset [default: the customer's]");

    private readonly Option<string> _id = Typed.Id();

    public QuoteAddCommand(CliContext context)
        : base(context, "add",
            "Offers something to a customer, with a number. Nothing is booked or billed until the "
                + "customer accepts it.",
            "settle quote add dave --line \"950 Web site\" --valid-until 2026-12-31",
            "settle quote add dave --line \"8x95 unit=HUR Consulting\" "
                + "--line \"40 tax=7 Handbook\"")
    {
        _lines.Required = true;
        Add(_customer);
        Add(_lines);
        Add(_date);
        Add(_validUntil);
        Add(_note);
        Add(_tax);
        Add(_gross);
        Add(_asset);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var (asset, tax) = (words.GetValue(_asset), words.GetValue(_tax));
        var quote = await ledger.Billing.QuoteAsync(new QuoteRequest
        {
            Id = words.GetValue(_id),
            Customer = words.GetRequiredValue(_customer),
            Lines = Array.ConvertAll(words.GetRequiredValue(_lines)!, line => line with
            {
                Tax = line.Tax ?? tax,
                Prices = words.GetValue(_gross) ? PriceKind.Gross : null,
            }),
            Asset = asset,
            Date = words.GetValue(_date),
            ValidUntil = words.GetValue(_validUntil),
            Note = words.GetValue(_note),
        }, cancellation);
        WriteResult(words, quote, WireJson.Compact.Quote, done =>
            Known("quoted", done.Replayed) + $": {done.Number} to {done.Customer}, {done.Amount}"
            + (done.ValidUntil is { } day ? $", valid until {Day(day)}" : "") + $", id {done.Id}");
        if (!WantsJson(words)) InvoiceLines.WriteLines(Context, quote.Lines!, quote.Taxes!);
        return ExitStatus.Done;
    }
}
