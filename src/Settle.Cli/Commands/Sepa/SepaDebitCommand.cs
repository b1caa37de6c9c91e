namespace Settle.Cli.Commands;

internal sealed class SepaDebitCommand : SepaRunCommand
{
    private readonly Option<DateOnly?> _through =
        Typed.Day("--through", "The last due date of what is collected", takesMonths: true,
            isRequired: true);

    public SepaDebitCommand(CliContext context)
        : base(context, "debit",
            "Makes orders for the bank to collect open invoices from customers with a mandate: one "
                + "order for each due date, and each invoice in one order only.",
            "settle sepa debit --through 2026-11-30 --dry-run",
            "settle sepa debit --through 2026-11-30 --output bank")
    {
        Add(_through);
        AddRunOptions();
    }

    protected override Task<SepaRun> OrderAsync(ParseResult words, IBilling billing, string? id,
        DateOnly? date, bool isDry, CancellationToken cancellation) =>
        billing.DebitAsync(new DebitRequest
        {
            Id = id, Through = words.GetValue(_through)!.Value, Date = date, DryRun = isDry,
        }, cancellation);
}
