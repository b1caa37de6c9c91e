namespace Settle.Cli.Commands;

internal sealed class RunsCommand(CliContext context)
    : BillingCommand(context, "runs", "Lists the invoice runs that made an invoice, newest first.",
        "settle runs")
{
    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var runs = await ledger.Billing.AllInvoiceRunsAsync(cancellation)
            .ToListAsync(cancellation);
        WriteList(words, runs, WireJson.Compact.InvoiceRunSummary,
            ["Date", "Through", "Invoices>", "Charges>", "Id"],
            run => [Day(run.Date), Day(run.Through), Number(run.Invoices), Number(run.Charges),
                run.Id]);
        return ExitStatus.Done;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
