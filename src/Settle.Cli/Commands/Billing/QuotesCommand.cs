namespace Settle.Cli.Commands;

internal sealed class QuotesCommand : BillingCommand
{
    private readonly Argument<string?> _number = new("NUMBER")
    {
        Description = "The quote to show; without one all are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _customer =
        new("--customer") { Description = "Only those to this customer", HelpName = "CUSTOMER" };

    private readonly Option<QuoteStatus?> _status = Typed.Value("--status", "STATUS",
        "Only those that are open, accepted, declined or expired", Words<QuoteStatus>.Parse);

    public QuotesCommand(CliContext context)
        : base(context, "quotes", "Lists quotes, newest first, or shows one.",
            "settle quotes --status open", "settle quotes Q2026-000001",
            "settle paper Q2026-000001 --output .")
    {
        Add(_number);
        Add(_customer);
        Add(_status);
    }

    protected override bool HasTable => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_number) is not null && WantsCsv(words))
            throw new UsageException("--csv can only be used with the list of all quotes");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        if (words.GetValue(_number) is { } number)
        {
            var quote = await ledger.Billing.GetQuoteAsync(number, cancellation)
                ?? throw new NotFoundException($"there is no quote '{number}'");
            if (WantsJson(words))
                Context.Output.WriteLine(JsonSerializer.Serialize(quote, WireJson.Compact.Quote));
            else
                Write(quote);
            return ExitStatus.Done;
        }
        var quotes = await ledger.Billing.AllQuotesAsync(new QuoteQuery
        {
            Customer = words.GetValue(_customer),
            Status = words.GetValue(_status),
            Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        WriteList(words, quotes, WireJson.Compact.Quote,
            ["Number", "Date", "Valid until", "Customer", "Net>", "Tax>", "Amount>", "Asset",
                "Status", "Answered"],
            quote => [quote.Number, Day(quote.Date), Day(quote.ValidUntil), quote.Customer,
                quote.Net.Digits, quote.Tax.Digits, quote.Amount.Digits, quote.Asset,
                Words<QuoteStatus>.Of(quote.Status), Day(quote.AnsweredOn)]);
        return ExitStatus.Done;
    }

    private void Write(Quote quote)
    {
        var status = Words<QuoteStatus>.Of(quote.Status);
        Context.Output.WriteLine($"quote {quote.Number} of {Day(quote.Date)}"
            + (quote.ValidUntil is { } day ? $", valid until {Day(day)}" : "") + $", {status}"
            + (quote.AnsweredOn is { } answered ? $" on {Day(answered)}" : ""));
        Context.Output.WriteLine($"from {Tables.OneLine(quote.Seller!.Name)} to "
            + $"{Tables.OneLine(quote.Buyer!.Name)} ({quote.Customer})");
        if (quote.Note is { } note) Context.Output.WriteLine(Tables.OneLine(note));
        InvoiceLines.WriteLines(Context, quote.Lines!, quote.Taxes!);
        InvoiceLines.WriteSum(Context, "net", quote.Net.Digits);
        if (quote.Rounding is { } rounding)
            InvoiceLines.WriteSum(Context, "rounding", rounding.Digits);
        InvoiceLines.WriteSum(Context, "amount", quote.Amount.ToString());
    }
}
