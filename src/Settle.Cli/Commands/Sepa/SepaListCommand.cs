namespace Settle.Cli.Commands;

internal sealed class SepaListCommand(CliContext context)
    : BillingCommand(context, "list", "Lists SEPA orders, newest first.", "settle sepa list")
{
    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var orders = await ledger.Billing.AllSepaOrdersAsync(cancellation)
            .ToListAsync(cancellation);
        WriteList(words, orders, WireJson.Compact.SepaOrderSummary,
            ["Date", "Type", "Amount>", "Items>", "Cancelled>", "Id"],
            order => [Day(order.Date), Words<SepaOrderType>.Of(order.Type), order.Amount.Digits,
                Number(order.Count), Number(order.Cancelled), order.Id]);
        return ExitStatus.Done;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
