namespace Settle.Cli.Commands;

internal sealed class ChargesCommand : BillingCommand
{
    private readonly Argument<string?> _customer = new("CUSTOMER")
    {
        Description = "Only this customer's",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _all =
        new("--all") { Description = "Include invoiced ones" };

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "Only those of this day or later");

    private readonly Option<DateOnly?> _to =
        Typed.Day("--to", "Only those of this day or before", takesMonths: true);

    public ChargesCommand(CliContext context)
        : base(context, "charges", "Lists charges that are not invoiced yet.",
            "settle charges", "settle charges dave --all")
    {
        Add(_customer);
        Add(_all);
        Add(_from);
        Add(_to);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var charges = await ledger.Billing.AllChargesAsync(new ChargeQuery
        {
            Customer = words.GetValue(_customer),
            From = words.GetValue(_from),
            To = words.GetValue(_to),
            Uninvoiced = words.GetValue(_all) ? null : true,
            Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        WriteList(words, charges, WireJson.Compact.Charge,
            ["Date", "Customer", "Description", "Amount>", "Asset", "Prices", "Tax", "Cost centre",
            "Invoice", "Id"],
            charge => [Day(charge.Date), charge.Customer, charge.Description, charge.Amount.Digits,
                charge.Asset, Words<PriceKind>.Of(charge.Prices), charge.Tax ?? "",
                charge.CostCentre ?? "", charge.Invoice ?? charge.Reason?.Text()
                    ?? (charge.Withdrawn ? "withdrawn" : charge.Offered ? "offered" : ""),
                charge.Id]);
        return ExitStatus.Done;
    }
}
