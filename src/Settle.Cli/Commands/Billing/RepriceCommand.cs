namespace Settle.Cli.Commands;

internal sealed class RepriceCommand : BillingCommand
{
    private readonly Argument<string> _subscription =
        new("SUBSCRIPTION") { Description = "The subscription's id" };

    private readonly Argument<decimal> _amount;

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "The first day at the new price", isRequired: true);

    private readonly Option<decimal?> _quantity = Typed.Value("--quantity", "COUNT",
        "How many from then on, at most 6 decimals",
        (field, text) => Settle.Parse.TypedDecimal(field, text), "-n");

    private readonly Option<decimal?> _discount = Typed.Value("--discount", "AMOUNT",
        "A discount on each whole period, in the major unit",
        (field, text) => Amounts.Read(field, text, allowZero: true));

    private readonly Option<string> _id = Typed.Id();

    public RepriceCommand(CliContext context)
        : base(context, "reprice",
            "Gives a subscription another price, quantity or discount from a day on. What is "
                + "billed stays.",
            "settle reprice desk-dave 259 --from 2027-01-01",
            "settle reprice desk-dave 259 --quantity 2 --discount 18 --from 2027-02-15")
    {
        Add(_subscription);
        _amount = Typed.Argument("AMOUNT",
            "For a whole period, in the major unit; with --quantity the price of one",
            (line, texts) => line.GetResult(_quantity) is null ? Amounts.Read("amount", texts[0])
                : Settle.Parse.TypedDecimal("amount", texts[0]));
        Add(_amount);
        Add(_from);
        Add(_quantity);
        Add(_discount);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var (amount, quantity) = (words.GetValue(_amount), words.GetValue(_quantity));
        var from = words.GetValue(_from)!.Value;
        var repriced = await ledger.Billing.RepriceSubscriptionAsync(
            words.GetRequiredValue(_subscription), new RepriceRequest
            {
                Id = words.GetValue(_id),
                From = from,
                Amount = quantity is null ? Money.Typed(amount, null) : null,
                Quantity = quantity,
                UnitPrice = quantity is null ? null : amount,
                Discount = words.GetValue(_discount) is { } less ? Money.Typed(less, null) : null,
            }, cancellation);
        WriteResult(words, repriced, WireJson.Compact.Subscription, done =>
            Known("repriced", done.Replayed) + $": {done.Customer} "
            + $"{Text(done.Changes!.First(change => change.From == from))} "
            + $"{Words<PriceKind>.Of(done.Prices)} a {Words<BillingInterval>.Of(done.Every)} for "
            + $"{Tables.OneLine(done.Description)}, id {done.Id}");
        return ExitStatus.Done;
    }

    internal static string Text(PriceChange change) => $"from {Day(change.From)} {change.Amount}";
}
