namespace Settle.Cli.Commands;

internal sealed class WithdrawCommand : BillingCommand
{
    private readonly Argument<string> _charge = new("CHARGE") { Description = "The charge's id" };

    private readonly Option<string> _id = Typed.Id();

    public WithdrawCommand(CliContext context)
        : base(context, "withdraw", "Withdraws a charge that no invoice bills yet.",
            "settle withdraw order-42")
    {
        Add(_charge);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var charge = await ledger.Billing.WithdrawAsync(
            words.GetRequiredValue(_charge), words.GetValue(_id), cancellation);
        WriteResult(words, charge, WireJson.Compact.Charge, done =>
            Known("withdrawn", done.Replayed) + $": {done.Customer} {done.Amount} for "
            + $"{Day(done.Date)}, {Output.Tables.OneLine(done.Description)}, id {done.Id}");
        return ExitStatus.Done;
    }
}
