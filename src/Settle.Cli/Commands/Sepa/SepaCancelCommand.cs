namespace Settle.Cli.Commands;

internal sealed class SepaCancelCommand : BillingCommand
{
    private readonly Argument<string> _order = new("ORDER") { Description = "The order's id" };

    private readonly Argument<string[]> _items = new("NUMBER")
    {
        Description = "Only these invoices or refunds; without any, all that are not paid",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _id = Typed.Id();

    public SepaCancelCommand(CliContext context)
        : base(context, "cancel",
            "Records that the bank will not carry out an order, or a part of it. What is cancelled "
                + "can be ordered again.",
            "settle sepa cancel nov:2026-11-16", "settle sepa cancel nov:2026-11-16 2026-000007")
    {
        Add(_order);
        Add(_items);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var order = await ledger.Billing.CancelSepaOrderAsync(
            words.GetRequiredValue(_order), new SepaCancelRequest
            {
                Id = words.GetValue(_id),
                Items = words.GetValue(_items) is { Length: > 0 } named ? named : null,
            }, cancellation);
        WriteResult(words, order, WireJson.Compact.SepaOrder, now => Known(
            "cancelled: " + string.Join(", ", now.Items.Where(item => item.Cancelled)
                .Select(item => item.Number)) + $" of order {now.Id}", now.Replayed));
        return ExitStatus.Done;
    }
}
