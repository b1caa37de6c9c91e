namespace Settle.Cli.Commands;

internal sealed class ChargeCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<decimal> _amount;

    private readonly Argument<string> _text = new("TEXT") { Description = "What it is for" };

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The day it is for [default: today in the customer's time zone]");

    private readonly Option<DateOnly?> _start = Typed.Day("--start",
        "The first day, if it is for several; --date is then the last");

    private readonly Option<string> _exemption = Typed.Text("--exemption", "TEXT",
        "Why there is no tax, as the invoice says it; needs --tax exempt or the like");

    private readonly Option<string> _exemptionCode = Typed.Text("--exemption-code", "CODE",
        "The same as a code of VATEX: VATEX-EU-132-1I");

    private readonly Option<string> _tax = Typed.Text("--tax", "TAX",
        "A rate in percent (19), or exempt, reverse_charge, intra_community, "
            + "export, out_of_scope [default: the seller's]");

    private readonly Option<bool> _gross = new("--gross") { Description = "Prices include tax" };

    private readonly Option<decimal?> _quantity = Typed.Value("--quantity", "COUNT",
        "How many, at most 6 decimals",
        (field, text) => Settle.Parse.TypedDecimal(field, text), "-n");

    private readonly Option<string> _unit = Typed.Text("--unit", "CODE",
        "The unit by its UN/ECE code: HUR for hours [default: C62, pieces]");

    private readonly Option<decimal?> _discount = Typed.Value("--discount", "AMOUNT",
        "A discount on the total, in the major unit",
        (field, text) => Amounts.Read(field, text, allowZero: true));

    private readonly Option<bool> _deposit = new("--deposit")
    {
        Description = "It asks for money before the work: a deposit invoice bills it",
    };

    private readonly Option<string> _costCentre = Typed.Text("--cost-centre", "CENTRE",
        "The accountants' cost centre, at most 36 bytes");

    private readonly Option<string> _asset = Typed.Asset(
        "The asset [default: the customer's]");

    private readonly Option<string> _id = Typed.Id();

    public ChargeCommand(CliContext context)
        : base(context, "charge", "Records a charge, which the next invoice bills once.",
            "settle charge dave 10 \"meeting room\"",
            "settle charge dave 12.50 workshop --quantity 2.5 --unit HUR --tax 19",
            "settle charge dave 8 lunch --gross --date 2026-10-12 --id order-42",
            "settle charge dave 500 \"workshop in May\" --deposit")
    {
        Add(_customer);
        _amount = Typed.Argument("AMOUNT",
            "In the major unit: 10 or 10.00; with --quantity the price of one",
            (line, texts) => line.GetResult(_quantity) is null ? Amounts.Read("amount", texts[0])
                : Settle.Parse.TypedDecimal("amount", texts[0]));
        Add(_amount);
        Add(_text);
        Add(_date);
        Add(_start);
        Add(_tax);
        Add(_exemption);
        Add(_exemptionCode);
        Add(_gross);
        Add(_quantity);
        Add(_unit);
        Add(_discount);
        Add(_deposit);
        Add(_costCentre);
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
        var amount = words.GetValue(_amount);
        var quantity = words.GetValue(_quantity);
        var charge = await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Id = words.GetValue(_id),
            Customer = customer,
            Amount = quantity is null ? Money.Typed(amount, asset) : null,
            Quantity = quantity,
            UnitPrice = quantity is null ? null : amount,
            Unit = words.GetValue(_unit),
            Deposit = words.GetValue(_deposit),
            CostCentre = words.GetValue(_costCentre),
            Discount = words.GetValue(_discount) is { } less
                ? Money.Typed(less, asset) : null,
            Asset = asset,
            Start = words.GetValue(_start),
            Date = words.GetValue(_date),
            Description = words.GetRequiredValue(_text),
            Tax = words.GetValue(_tax),
            Exemption = words.GetValue(_exemption),
            ExemptionCode = words.GetValue(_exemptionCode),
            Prices = words.GetValue(_gross) ? PriceKind.Gross : null,
        }, cancellation);
        WriteResult(words, charge, WireJson.Compact.Charge, done =>
            Known("charged", done.Replayed, done.Withdrawn) + $": {done.Customer} "
            + $"{done.Amount} {Words<PriceKind>.Of(done.Prices)} for "
            + (done.Start is { } start ? $"{Day(start)} to " : "")
            + $"{Day(done.Date)}, {Output.Tables.OneLine(done.Description)}, id {done.Id}");
        return ExitStatus.Done;
    }
}
