namespace Settle.Cli.Commands;

internal sealed class HoldCommand : MovingCommand
{
    private readonly Argument<string> _from =
        new("FROM") { Description = "The account whose money is reserved" };
    private readonly Argument<string> _to =
        new("TO") { Description = "The account that a capture pays" };
    private readonly Argument<decimal> _amount = Typed.Amount();

    private readonly Option<TimeSpan?> _expires = Typed.Value("--expires", "DURATION",
        "Frees the money automatically after this time: 7d, 12h, 30m, 45s or 2w [default: never]",
        Settle.Parse.Duration);

    public HoldCommand(CliContext context)
        : base(context, "hold", "Reserves money, to be captured or voided later.",
            "settle hold Dave hotel 300 --expires 7d --id booking-9")
    {
        Add(_from);
        Add(_to);
        Add(_amount);
        Add(_expires);
        AddDetailOptions();
    }

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = words.GetValue(AssetOption);
        var hold = await ledger.HoldAsync(new HoldRequest
        {
            Id = words.GetValue(IdOption),
            From = words.GetRequiredValue(_from),
            To = words.GetRequiredValue(_to),
            Amount = Money.Typed(words.GetValue(_amount), asset),
            ExpiresIn = words.GetValue(_expires),
            Memo = words.GetValue(MemoOption),
            Timestamp = words.GetValue(TimestampOption),
            Meta = words.GetValue(MetaOption),
        }, cancellation);
        WriteResult(words, hold, WireJson.Compact.Hold, done => Line(done, TimesIn(words)));
        return ExitStatus.Done;
    }

    internal static string Line(Hold hold, Times times)
    {
        var expires = hold.Expires is { } time ? $", expires {times.Of(time)}" : "";
        var state = hold.State is { } known ? Words<HoldState>.Of(known) : "no";
        return $"{Status(hold.Status, hold.Replayed)}: {state} hold of "
            + $"{hold.Amount}, {hold.From} -> {hold.To}, "
            + $"id {hold.Id}, block {hold.Block}{expires}{New(hold.NewAccounts)}";
    }
}
