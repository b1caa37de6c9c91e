namespace Settle.Cli.Commands;

internal sealed class SubscriptionsCommand(CliContext context)
    : BillingCommand(context, "subscriptions", "Lists the charges that recur.",
        "settle subscriptions")
{
    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var all = await ledger.Billing.AllSubscriptionsAsync(cancellation)
            .ToListAsync(cancellation);
        WriteList(words, all, WireJson.Compact.Subscription,
            ["Subscription", "Customer", "Description", "Amount>", "Asset", "Every", "Prices",
            "Tax", "Start", "End", "Changes"],
            each => [each.Id, each.Customer, each.Description, each.Amount.Digits, each.Asset,
                Words<BillingInterval>.Of(each.Every),
                Words<PriceKind>.Of(each.Prices), each.Tax ?? "", Day(each.Start), Day(each.End),
                string.Join(", ", (each.Changes ?? []).Select(RepriceCommand.Text))]);
        return ExitStatus.Done;
    }
}
