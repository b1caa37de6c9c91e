namespace Settle.Cli.Commands;

internal sealed class CaptureCommand : LedgerCommand
{
    private readonly Argument<string> _hold = new("ID") { Description = "The id of the hold" };

    private readonly Argument<decimal?> _amount =
        Typed.OptionalAmount("In the major unit; the rest is freed [default: all]");

    private readonly Option<string> _id = Typed.Id();
    private readonly Option<string> _memo = Typed.Text("--memo", "TEXT", "Why, for people");

    public CaptureCommand(CliContext context)
        : base(context, "capture", "Moves money that a hold reserved.",
            "settle capture booking-9", "settle capture booking-9 120.50")
    {
        Add(_hold);
        Add(_amount);
        Add(_id);
        Add(_memo);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var holdId = words.GetRequiredValue(_hold);
        Money? amount = words.GetValue(_amount) is { } part ? Money.Typed(part) : null;
        var transfer = await ledger.CaptureAsync(new CaptureRequest
        {
            Id = words.GetValue(_id), Hold = holdId, Amount = amount,
            Memo = words.GetValue(_memo),
        }, cancellation);
        WriteResult(words, transfer, WireJson.Compact.Transfer, done =>
            $"{(done.Replayed ? "already known" : "captured")}: {done.From} -> {done.To} "
            + $"{done.Amount}, id {done.Id}, block {done.Block}"
            + MovingCommand.New(done.NewAccounts));
        return ExitStatus.Done;
    }
}
