namespace Settle.Cli.Commands;

/// <summary>Records what a customer says to a quote.</summary>
internal sealed class QuoteAnswerCommand : BillingCommand
{
    private readonly Argument<string> _number =
        new("NUMBER") { Description = "The quote's number" };

    private readonly Option<DateOnly?> _date = Typed.Day("--date",
        "The day of the answer, not before the quote's [default: today]");

    private readonly Option<bool> _late = new("--late")
    {
        Description = "Take it as accepted although it has expired",
    };

    private readonly Option<string> _reason = Typed.Text("--reason", "TEXT",
        "Why, for your own records");

    private readonly Option<string> _id = Typed.Id();

    private readonly bool _isDeclined;

    private QuoteAnswerCommand(CliContext context, bool isDeclined, string name,
        string description, params string[] examples) : base(context, name, description, examples)
    {
        _isDeclined = isDeclined;
        Add(_number);
        Add(_date);
        if (!isDeclined) Add(_late);
        Add(_reason);
        Add(_id);
    }

    public static QuoteAnswerCommand Accept(CliContext context) => new(context, isDeclined: false,
        "accept", "Records that the customer accepts a quote, once: its lines are open charges "
            + "then, which the next invoice bills.",
        "settle quote accept Q2026-000001", "settle quote accept Q2026-000001 --late");

    public static QuoteAnswerCommand Decline(CliContext context) => new(context, isDeclined: true,
        "decline", "Records that the customer declines a quote: it is never accepted then.",
        "settle quote decline Q2026-000001 --reason \"too late\"");

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var number = words.GetRequiredValue(_number);
        var answer = new QuoteAnswerRequest
        {
            Id = words.GetValue(_id),
            Date = words.GetValue(_date),
            Late = !_isDeclined && words.GetValue(_late),
            Reason = words.GetValue(_reason),
        };
        var quote = await (_isDeclined
            ? ledger.Billing.DeclineQuoteAsync(number, answer, cancellation)
            : ledger.Billing.AcceptQuoteAsync(number, answer, cancellation));
        WriteResult(words, quote, WireJson.Compact.Quote, done =>
            Known(Words<QuoteStatus>.Of(done.Status), done.Replayed)
            + $": {done.Number} of {done.Customer}, {done.Amount}"
            + (_isDeclined ? "" : $", {Counted.Text(done.Lines!.Count, "charge")} for "
                + Day(done.AnsweredOn)));
        return ExitStatus.Done;
    }
}
