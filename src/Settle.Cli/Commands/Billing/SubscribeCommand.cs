namespace Settle.Cli.Commands;

internal sealed class SubscribeCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<decimal> _amount;

    private readonly Argument<string> _text = new("TEXT") { Description = "What it is for" };

    private readonly Option<string> _every = Typed.Text("--every", "PERIOD",
        "How long a period is: week, month, quarter or year [default: month]");

    private readonly Option<DateOnly?> _anchor = Typed.Day("--anchor",
        "A day on which a period begins [default: those of the calendar, weeks from Monday]");

    private readonly Option<DateOnly?> _start =
        Typed.Day("--start", "The first day", isRequired: true);
    private readonly Option<DateOnly?> _end =
        Typed.Day("--end", "The last day [default: none]", takesMonths: true);

    private readonly Option<string> _tax = Typed.Text("--tax", "TAX",
        "A rate in percent, or a word as for 'settle charge' "
            + "[default: the seller's]");

    private readonly Option<decimal?> _quantity = Typed.Value("--quantity", "COUNT",
        "How many, at most 6 decimals",
        (field, text) => Settle.Parse.TypedDecimal(field, text), "-n");

    private readonly Option<string> _unit = Typed.Text("--unit", "CODE",
        "The unit by its UN/ECE code: HUR for hours [default: C62, pieces]");

    private readonly Option<decimal?> _discount = Typed.Value("--discount", "AMOUNT",
        "A discount on each whole period, in the major unit",
        (field, text) => Amounts.Read(field, text, allowZero: true));

    private readonly Option<string> _costCentre = Typed.Text("--cost-centre", "CENTRE",
        "The accountants' cost centre, at most 36 bytes");

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
            "Makes a charge recur each month, or each week, quarter or year. Parts of a period "
                + "are charged by the day.",
            "settle subscribe dave 249 Desk --start 2026-10-16 --id desk-dave",
            "settle subscribe nordlicht 300 Desk --quantity 6 --discount 50 --start 2026-10-01",
            "settle subscribe jane 120 Archive --start 2026-10-15 --every year --anchor 2026-10-15",
            "settle subscribe alex 99 \"Day pass\" --start 2026-10-01 --end 2026-12 --gross")
    {
        Add(_customer);
        _amount = Typed.Argument("AMOUNT",
            "For a whole period, in the major unit; with --quantity the price of one",
            (line, texts) => line.GetResult(_quantity) is null ? Amounts.Read("amount", texts[0])
                : Settle.Parse.TypedDecimal("amount", texts[0]));
        Add(_amount);
        Add(_text);
        _every.Accept([.. Words<BillingInterval>.All]);
        Add(_every);
        Add(_anchor);
        Add(_start);
        Add(_end);
        Add(_tax);
        Add(_quantity);
        Add(_unit);
        Add(_discount);
        Add(_costCentre);
        Add(_exemption);
        Add(_exemptionCode);
        Add(_gross);
        Add(_asset);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_unit) is not null && words.GetValue(_quantity) is null)
            throw new UsageException("--unit can only be used with --quantity");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var customer = words.GetRequiredValue(_customer);
        var asset = words.GetValue(_asset);
        var (amount, quantity) = (words.GetValue(_amount), words.GetValue(_quantity));
        var made = await ledger.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Id = words.GetValue(_id),
            Customer = customer,
            Amount = quantity is null ? Money.Typed(amount, asset) : null,
            Quantity = quantity,
            UnitPrice = quantity is null ? null : amount,
            Unit = words.GetValue(_unit),
            Discount = words.GetValue(_discount) is { } less ? Money.Typed(less, asset) : null,
            Asset = asset,
            Description = words.GetRequiredValue(_text),
            Tax = words.GetValue(_tax),
            Exemption = words.GetValue(_exemption),
            ExemptionCode = words.GetValue(_exemptionCode),
            CostCentre = words.GetValue(_costCentre),
            Prices = words.GetValue(_gross) ? PriceKind.Gross : null,
            Every = words.GetValue(_every) is { } every
                ? Words<BillingInterval>.Parse(every) : null,
            Anchor = words.GetValue(_anchor),
            Start = words.GetValue(_start)!.Value,
            End = words.GetValue(_end),
        }, cancellation);
        WriteResult(words, made, WireJson.Compact.Subscription, done => Line(done));
        return ExitStatus.Done;
    }

    internal static string Line(Subscription done, string what = "subscribed") =>
        Known(what, done.Replayed) + $": {done.Customer} "
        + $"{done.Amount} {Words<PriceKind>.Of(done.Prices)} a "
        + $"{Words<BillingInterval>.Of(done.Every)} for "
        + $"{Tables.OneLine(done.Description)}, "
        + (done.End < done.Start ? "no day of it" : $"from {Day(done.Start)}"
            + (done.End is { } end ? $" to {Day(end)}" : "")) + $", id {done.Id}";
}
