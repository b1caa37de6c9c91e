namespace Settle.Cli.Commands;

internal sealed class SubscribeCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<decimal> _amount =
        Typed.Amount("For a whole month, in the major unit");

    private readonly Argument<string> _text = new("TEXT") { Description = "What it is for" };

    private readonly Option<DateOnly?> _start = 
        Typed.Day("--start", "The first day", isRequired: true);
    private readonly Option<DateOnly?> _end =
        Typed.Day("--end", "The last day [default: none]", takesMonths: true);

    private readonly Option<string> _tax = Typed.Text("--tax", "TAX",
        "A rate in percent, or a word as for 'settle charge' "
            + "[default: the seller's]");

    private readonly Option<string> _exemption = Typed.Text("--exemption", "TEXT",
        "Why there is no tax, as the invoice says it; needs --tax exempt or the like");

    private readonly Option<string> _exemptionCode = Typed.Text("--exemption-code", "CODE",
        "The same as a code of VATEX: VATEX-EU-132-1I");

    private readonly Option<bool> _gross =
        new("--gross") { Description = "The amount includes tax" };

    private readonly Option<string> _asset = Typed.Asset(
        "The asset [default: the customer's]");

    private readonly Option<string> _id = Typed.Id();

    public SubscribeCommand(CliContext context)
        : base(context, "subscribe",
            "Makes a charge recur each month. Partial months are charged by the day.",
            "settle subscribe dave 249 Desk --start 2026-10-16 --id desk-dave",
            "settle subscribe alex 99 \"Day pass\" --start 2026-10-01 --end 2026-12 --gross")
    {
        Add(_customer);
        Add(_amount);
        Add(_text);
        Add(_start);
        Add(_end);
        Add(_tax);
        Add(_exemption);
        Add(_exemptionCode);
        Add(_gross);
        Add(_asset);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var customer = words.GetRequiredValue(_customer);
        var asset = words.GetValue(_asset);
        var made = await ledger.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Id = words.GetValue(_id),
            Customer = customer,
            Amount = Money.Typed(words.GetValue(_amount), asset),
            Description = words.GetRequiredValue(_text),
            Tax = words.GetValue(_tax),
            Exemption = words.GetValue(_exemption),
            ExemptionCode = words.GetValue(_exemptionCode),
            Prices = words.GetValue(_gross) ? PriceKind.Gross : null,
            Start = words.GetValue(_start)!.Value,
            End = words.GetValue(_end),
        }, cancellation);
        WriteResult(words, made, WireJson.Compact.Subscription, done => Line(done));
        return ExitStatus.Done;
    }

    internal static string Line(Subscription done, string what = "subscribed") =>
        Known(what, done.Replayed) + $": {done.Customer} "
        + $"{done.Amount} {Words<PriceKind>.Of(done.Prices)} a month for "
        + $"{Tables.OneLine(done.Description)}, "
        + (done.End < done.Start ? "no day of it" : $"from {Day(done.Start)}"
            + (done.End is { } end ? $" to {Day(end)}" : "")) + $", id {done.Id}";
}
