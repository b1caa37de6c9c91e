namespace Settle.Cli.Commands;

internal sealed class InvoiceCommand : BillingCommand
{
    private readonly Option<DateOnly?> _through = Typed.Day("--through",
        "Bill charges up to this day; 2026-10 means its last day", takesMonths: true,
        isRequired: true);

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The date of the invoices [default: today]");

    private readonly Option<string[]> _rates = new("--rate")
    {
        Description = "What 1 EUR costs in USD and on which day: EUR/USD=1.0863@2026-10-30. "
            + "Invoices in another currency than the seller's need it for their tax; may be "
            + "repeated",
        HelpName = "RATE",
    };

    private readonly Option<string> _customer =
        new("--customer") { Description = "Only this customer", HelpName = "CUSTOMER" };

    private readonly Option<string> _note = Typed.Text("--note", "TEXT",
        "A text for the customers, on letters and in electronic invoices");

    private readonly Option<string> _order = Typed.Text("--order-number", "TEXT",
        "The order that they name [default: the customer's]; only with --customer");

    private readonly Option<string> _reference = Typed.Text("--buyer-reference", "TEXT",
        "What they refer to [default: the customer's]; only with --customer");

    private readonly Option<string[]> _settles = new("--settles")
    {
        Description = "A paid deposit invoice that is deducted; only with --customer; may be "
            + "repeated",
        HelpName = "NUMBER",
    };

    private readonly Option<bool> _dryRun =
        new("--dry-run") { Description = "Only show what it would make" };

    private readonly Option<string> _id = Typed.Id();

    public InvoiceCommand(CliContext context)
        : base(context, "invoice",
            "Invoices all open charges up to a day: one invoice per customer and asset. However "
                + "often it runs, even twice at once, each charge is invoiced once.",
            "settle invoice --through 2026-10-31 --dry-run", "settle invoice --through 2026-10",
            "settle invoice --through 2026-10 --rate EUR/USD=1.0863@2026-10-30",
            "settle invoice --through 2026-10 --customer dave --settles 2026-000001")
    {
        Add(_through);
        Add(_date);
        Add(_rates);
        Add(_customer);
        Add(_note);
        Add(_order);
        Add(_reference);
        Add(_settles);
        Add(_dryRun);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var request = new InvoiceRunRequest
        {
            Id = words.GetValue(_id),
            Through = words.GetValue(_through)!.Value,
            Date = words.GetValue(_date),
            Rates = words.GetValue(_rates) is { Length: > 0 } rates
                ? Array.ConvertAll(rates, rate => RateText.Parse(rate, Today)) : null,
            Customer = words.GetValue(_customer),
            Note = words.GetValue(_note),
            OrderNumber = words.GetValue(_order),
            BuyerReference = words.GetValue(_reference),
            Settles = words.GetValue(_settles) is { Length: > 0 } settles ? settles : null,
            DryRun = words.GetValue(_dryRun),
        };
        var run = await ProgressBar.RunAsync(Context, "invoices", progress =>
            ledger.Billing.InvoiceAsync(request, progress, cancellation));
        if (WantsJson(words))
            Context.Output.WriteLine(JsonSerializer.Serialize(run, WireJson.Compact.InvoiceRun));
        else
            Write(run);
        // Whoever starts this at night must hear of it.
        return run.Parked.Count > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    private void Write(InvoiceRun run)
    {
        if (run.Invoices.Count > 0)
            Tables.Write(Context, InvoiceLines.Columns, run.Invoices.Select(InvoiceLines.Row));
        Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(run.DryRun ? "would make " : "")}{Counted.Text(run.Invoices.Count, "invoice")} "
            + $"of {Counted.Text(run.Charges, "charge")} ({run.Recurring} recurring) "
            + $"through {run.Through:yyyy-MM-dd}"
            + $"{(run.DryRun ? "" : $", run {run.Id}")}"));
        foreach (var warning in run.Warnings ?? [])
            Context.Error.WriteLine($"warning: {warning}");
        foreach (var parked in run.Parked)
        {
            Context.Error.WriteLine(
                $"parked: {parked.Customer} {parked.Asset}: {parked.Reason} [{parked.Code}]");
        }
    }
}
