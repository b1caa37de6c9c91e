namespace Settle.Cli.Commands;

internal sealed class OverviewCommand : BillingCommand
{
    private readonly Option<string> _asset = Typed.Asset("The asset [default: the ledger's]");

    public OverviewCommand(CliContext context)
        : base(context, "overview",
            "Shows what is owed and overdue, and what was billed and received by month.",
            "settle overview", "settle overview --asset CHF")
        => Add(_asset);

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var overview = await ledger.Billing.GetOverviewAsync(
            words.GetValue(_asset), cancellation);
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(overview, WireJson.Compact.Overview));
            return ExitStatus.Done;
        }
        Tables.Write(Context, ["", $"{overview.Asset}>", "Count>"],
        [
            ["owed", overview.Owed.Digits, Text(overview.OpenInvoices)],
            ["overdue", overview.Overdue.Digits, Text(overview.OverdueInvoices)],
            ["paid too much", overview.Credit.Digits, ""],
            ["to invoice", overview.ToInvoice.Digits, Text(overview.OpenCharges)],
            ["holds that end today", "", Text(overview.HoldsEndingToday)],
        ]);
        Tables.Write(Context, ["Month", "Billed>", "Received>"], overview.Months.Select(month =>
            new[]
            {
                month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                month.Billed.Digits, month.Received?.Digits ?? "",
            }));
        return ExitStatus.Done;

        static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
    }
}
