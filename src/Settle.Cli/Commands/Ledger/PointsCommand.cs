namespace Settle.Cli.Commands;

internal sealed class PointsCommand : LedgerCommand
{
    private readonly Argument<string> _account = new("ACCOUNT") { Description = "The account" };

    private readonly Option<DateOnly?> _from = Typed.Moment<DateOnly>("--from", "DATE",
        "The first day [default: 30 days before the last, or 12 months]",
        Settle.Parse.ValueDate);

    private readonly Option<DateOnly?> _to = Typed.Moment<DateOnly>("--to", "DATE",
        "The last day [default: today, in UTC]", Settle.Parse.ValueDate);

    private readonly Option<PointInterval?> _by = Typed.Value("--by", "STEP",
        "day or month [default: day]", Words<PointInterval>.Parse);

    private readonly Option<string> _asset = Typed.Asset("The asset [default: the ledger's]");

    public PointsCommand(CliContext context)
        : base(context, "points",
            "Shows what an account had at the end of each day or month, by value date.",
            "settle points Alex", "settle points Alex --from 2026-01-01 --by month")
    {
        Add(_account);
        Add(_from);
        Add(_to);
        Add(_by);
        Add(_asset);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var account = words.GetRequiredValue(_account);
        var points = await ledger.GetPointsAsync(account, new PointQuery
        {
            Asset = words.GetValue(_asset),
            From = words.GetValue(_from),
            To = words.GetValue(_to),
            By = words.GetValue(_by) ?? PointInterval.Day,
        }, cancellation) ?? throw new NotFoundException($"there is no account '{account}'");
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(points, WireJson.Compact.AccountPoints));
            return ExitStatus.Done;
        }
        WriteTable(words, ["Date", "Balance>", "Asset"], points.Points.Select(point => new[]
        {
            point.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            point.Balance.Digits, points.Asset,
        }));
        return ExitStatus.Done;
    }
}
