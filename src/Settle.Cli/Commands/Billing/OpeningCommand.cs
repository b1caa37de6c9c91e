namespace Settle.Cli.Commands;

internal sealed class OpeningCommand : BillingCommand
{
    private readonly Argument<string> _number =
        new("NUMBER") { Description = "The number that the invoice has" };

    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<decimal> _amount = Typed.Amount();

    private readonly Option<DateOnly?> _date = Typed.Day("--date", "Its date");

    private readonly Option<DateOnly?> _due = Typed.Day("--due", "The day it is due");

    private readonly Option<decimal?> _open = Typed.Value("--open", "AMOUNT",
        "What is still open of it [default: all of it]",
        (field, text) => Amounts.Read(field, text));

    private readonly Option<string> _asset = Typed.Asset("The asset [default: the customer's]");

    private readonly Option<string> _id = Typed.Id();

    public OpeningCommand(CliContext context)
        : base(context, "opening",
            "Brings in an open invoice from another program: it keeps its number and can be paid.",
            "settle opening RE-4711 dave 119 --date 2026-09-30 --due 2026-10-14",
            "settle opening RE-4712 dave 119 --open 50 --date 2026-09-30 --due 2026-10-14")
    {
        _date.Required = true;
        _due.Required = true;
        Add(_number);
        Add(_customer);
        Add(_amount);
        Add(_date);
        Add(_due);
        Add(_open);
        Add(_asset);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = words.GetValue(_asset);
        var brought = await ledger.Billing.BringInvoiceAsync(new OpeningInvoiceRequest
        {
            Id = words.GetValue(_id),
            Number = words.GetRequiredValue(_number),
            Customer = words.GetRequiredValue(_customer),
            Amount = Money.Typed(words.GetValue(_amount), asset),
            Open = words.GetValue(_open) is { } open ? Money.Typed(open, asset) : null,
            Date = words.GetValue(_date)!.Value,
            Due = words.GetValue(_due)!.Value,
        }, cancellation);
        WriteResult(words, brought, WireJson.Compact.OpeningInvoice, made =>
            Known("brought in", made.Replayed) + $": {made.Number} of {made.Customer}, "
            + $"{made.Open.Digits} open of {made.Amount}, due on {Day(made.Due)}; id {made.Id}");
        return ExitStatus.Done;
    }
}
