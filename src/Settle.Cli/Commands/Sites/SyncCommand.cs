namespace Settle.Cli.Commands;

internal sealed class SyncCommand : SettleCommand
{
    private readonly Argument<string> _from = new("FROM")
    {
        Description = "One site's file, or its server's address",
    };

    private readonly Argument<string> _to = new("TO") { Description = "Another site's" };

    public SyncCommand(CliContext context)
        : base(context, "sync",
            "Exchanges blocks between two sites, both ways, and grants what they asked each other "
            + "for. Run it as often as you like: it copies only what is missing.",
            "settle sync office.db lisbon.db", "settle sync office.db /media/stick/stick.db",
            "settle sync lisbon.db http://office:7171/bank")
    {
        Add(_from);
        Add(_to);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var from = LocationIn(words, _from);
        var to = LocationIn(words, _to);
        var report = await ProgressBar.RunAsync(Context, "sync", progress => SiteSync.RunAsync(
            from, to, LedgerOpening.Options(Context, mayMake: false), progress, cancellation));
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(report, ReportJson.Default.SyncReport)
            : $"{report.From} and {report.To}: {Counted.Text(report.Sent, "block")} sent, "
                + $"{Counted.Text(report.Received, "block")} received"
                + (report.TakenBack == 0 ? ""
                    : $"; {Counted.Text(report.TakenBack, "lost block")} taken back"));
        foreach (var site in report.Forked)
        {
            Context.Say("warning", $"{site} has forked: two files of it went on, and nobody "
                + "follows either. " + (site == SiteNames.Founder
                    ? "That cannot be mended at the founder: begin a new ledger with the balances "
                        + "of all sites"
                    : "Suspend and end it at the founder, and let it join again under another "
                        + "name"));
        }
        return ExitStatus.Done;
    }

    private static string LocationIn(ParseResult words, Argument<string> argument)
    {
        var location = LedgerLocation.Read(words.GetRequiredValue(argument));
        LedgerOpening.RequireFileOrServer(argument.Name, location);
        return location;
    }
}
