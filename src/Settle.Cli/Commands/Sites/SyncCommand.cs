namespace Settle.Cli.Commands;

internal sealed class SyncCommand : SettleCommand
{
    private readonly Argument<string> _from = new("FROM") { Description = "One site's file" };
    private readonly Argument<string> _to = new("TO") { Description = "Another site's file" };

    public SyncCommand(CliContext context)
        : base(context, "sync",
            "Lets two sites exchange all that they have, both ways, and give each other what they "
            + "asked for. Run it as often as you like; what was exchanged before does no harm.",
            "settle sync office.db lisbon.db", "settle sync office.db /media/stick/lisbon.db")
    {
        Add(_from);
        Add(_to);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var from = FileIn(words, _from);
        var to = FileIn(words, _to);
        var report = await ProgressBar.RunAsync(Context, "sync", progress => SiteSync.RunAsync(
            from, to, LedgerOpening.Options(Context, mayMake: false), progress, cancellation));
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(report, ReportJson.Default.SyncReport)
            : $"{report.From} and {report.To}: {Counted.Text(report.Sent, "block")} sent, "
                + $"{Counted.Text(report.Received, "block")} received"
                + (report.TakenBack == 0 ? ""
                    : $"; {Counted.Text(report.TakenBack, "lost block")} taken back"));
        return ExitStatus.Done;
    }

    private static string FileIn(ParseResult words, Argument<string> argument)
    {
        var location = LedgerLocation.Read(words.GetRequiredValue(argument));
        if (location.Contains("://", StringComparison.Ordinal))
        {
            throw new UsageException(
                $"{argument.Name}: name a file; sites sync from file to file");
        }
        LedgerOpening.RequireLedger(location);
        return location;
    }
}
