namespace Settle.Cli.Commands;

internal sealed class VoidCommand : LedgerCommand
{
    private readonly Argument<string> _hold = new("ID") { Description = "The id of the hold" };
    private readonly Option<string> _id = Typed.Id();
    private readonly Option<string> _memo = Typed.Text("--memo", "TEXT", "Why, for people");

    public VoidCommand(CliContext context)
        : base(context, "void", "Voids a hold: its money is available again.",
            "settle void booking-9")
    {
        Add(_hold);
        Add(_id);
        Add(_memo);
    }

    protected override bool Writes => true;

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var hold = await ledger.VoidAsync(new VoidRequest
        {
            Id = words.GetValue(_id), Hold = words.GetRequiredValue(_hold),
            Memo = words.GetValue(_memo),
        }, cancellation);
        WriteResult(words, hold, WireJson.Compact.Hold,
            done => HoldCommand.Line(done, TimesIn(words)));
        return ExitStatus.Done;
    }
}
