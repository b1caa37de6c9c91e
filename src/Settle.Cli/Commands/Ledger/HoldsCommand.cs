namespace Settle.Cli.Commands;

internal sealed class HoldsCommand : LedgerCommand
{
    private readonly Argument<string?> _account = new("ACCOUNT")
    {
        Description = "Only holds from or to this account",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<DateTimeOffset?> _endsBefore = Typed.Moment("--ends-before", "TIME",
        "Only holds that expire before this time (2026-11-21T20:23:11Z) or day (2026-11-21, UTC)",
        Settle.Parse.TimeOrDay);

    public HoldsCommand(CliContext context)
        : base(context, "holds",
            "Lists open holds in the order in which they end; those that never do come last.",
            "settle holds", "settle holds Dave --ends-before 2026-12-01")
    {
        Add(_account);
        Add(_endsBefore);
    }

    protected override bool HasTable => true;

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var holds = await ledger.AllHoldsAsync(new HoldQuery
        {
            Account = words.GetValue(_account),
            EndsBefore = words.GetValue(_endsBefore),
            Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        var times = TimesIn(words);
        WriteList(words, holds, WireJson.Compact.Hold,
            ["Expires", "From", "To", "Amount>", "Asset", "Id", "Memo"],
            hold => [hold.Expires is { } time ? times.Of(time) : "never", hold.From,
                hold.To, hold.Amount.Digits, hold.Asset, hold.Id, hold.Memo ?? ""]);
        return ExitStatus.Done;
    }
}
