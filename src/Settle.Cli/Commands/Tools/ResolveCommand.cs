namespace Settle.Cli.Commands;

internal sealed class ResolveCommand : SettleCommand
{
    private readonly LedgerOption _ledger = new();

    private readonly Option<DateTimeOffset?> _until = Typed.Moment("--until", "TIME",
        "Leave documents with a later timestamp alone: a date (2026-11-21) "
            + "or a time (2026-11-21T20:23:11Z) [default: now]",
        (field, text) => AsOf.Parse(field, text).Time ?? throw Settle.Parse.Fault(field, text,
            "is not a day or a time; write it as 2026-11-21 or 2026-11-21T20:23:11Z"));

    public ResolveCommand(CliContext context)
        : base(context, "resolve",
            "Settles the pending transfer documents of a CouchDB database, oldest first, and "
            + "returns when each of them has its outcome.",
            "settle resolve --ledger couchdb://localhost:5984/bank",
            "settle resolve --until 2026-11-21T20:23:11Z")
    {
        Add(_until);
        Add(_ledger);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var until = words.GetValue(_until) ?? Context.Time.GetUtcNow();
        var location = _ledger.LocationIn(words, Context);
        var report = await ProgressBar.RunAsync(Context, "resolve", progress =>
            LedgerDocuments.ResolveAsync(location, until,
                LedgerOpening.Options(Context, mayMake: false), progress, cancellation));
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(report, ReportJson.Default.DocumentReport)
            : string.Create(CultureInfo.InvariantCulture, $"{report.Successful} successful, "
                + $"{report.Rejected} rejected, {report.Malformed} malformed"));
        // The warning has said which, and why.
        return report.WithoutOutcome.Count == 0 ? ExitStatus.Done : ExitStatus.Refused;
    }
}
