namespace Settle.Cli.Commands;

internal sealed class VerifyCommand : SettleCommand
{
    private readonly LedgerOption _ledger = new();

    private readonly Option<string> _since = Typed.Text("--since", "HEIGHT:HASH",
        "Check only the blocks from this one on, which 'settle info' showed earlier: that it is "
        + "still there, and their hashes and links");

    public VerifyCommand(CliContext context)
        : base(context, "verify",
            "Checks every block, link, hash, verdict, floor and total of the chain, and of all "
            + "chains that a site has read. "
            + "The chain alone cannot show that its newest blocks were removed, or replaced by "
            + "others: that is found if the index beside the file knows them, or by comparing the "
            + "height and hash of 'settle info' with those you noted.",
            "settle verify", "settle verify --ledger bank.db --json")
    {
        Add(_ledger);
        Add(_since);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var location = _ledger.LocationIn(words, Context);
        LedgerOpening.RequireLedger(location);
        if (words.GetValue(_since) is { } since)
            return await VerifyTailAsync(words, location, since, cancellation);
        var report = await ProgressBar.RunAsync(Context, "verify", progress =>
            LedgerVerification.VerifyAsync(location, LedgerOpening.Options(Context, mayMake: false),
                progress, cancellation));
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(report, ReportJson.Default.VerificationReport));
        }
        else
        {
            WriteLines(report);
        }
        return report.IsClean ? ExitStatus.Done : ExitStatus.Refused;
    }

    private async Task<int> VerifyTailAsync(
        ParseResult words, string location, string since, CancellationToken cancellation)
    {
        if (since.Split(':') is not [var digits, var hash])
        {
            throw Settle.Parse.Fault("since", since,
                "is not a block; write its height and its hash, such as 42:5feceb66...");
        }
        var height = Settle.Parse.Integer("since", digits, 1, long.MaxValue);
        var report = await ProgressBar.RunAsync(Context, "verify", progress =>
            LedgerVerification.VerifyTailAsync(location, height, hash,
                LedgerOpening.Options(Context, mayMake: false), progress, cancellation));
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(report, ReportJson.Default.TailReport));
        }
        else
        {
            WriteFaults(report.Faults);
            Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Verdict(report.Faults)} from block {report.From} to {report.Height}"));
        }
        return report.IsClean ? ExitStatus.Done : ExitStatus.Refused;
    }

    private static string Verdict(IReadOnlyList<VerificationFault> faults) =>
        faults.Count == 0 ? "no fault" : Counted.Text(faults.Count, "fault");

    private static string Line(ChainRecovery recovery)
    {
        var clock = recovery.Clock ? "its time is right" : null;
        var lost = recovery.LostHeight is not { } height
            ? recovery.Clock ? null : "the ledger goes on, though nothing showed what it had"
            : height < recovery.Height ? "other blocks that were known are lost"
            : string.Create(CultureInfo.InvariantCulture,
                $"other blocks from {recovery.Height} to {height} are lost");
        return string.Create(CultureInfo.InvariantCulture, $"block {recovery.Height}, ")
            + $"{recovery.Time:u}: a person confirmed that "
            + string.Join(" and that ", new[] { clock, lost }.OfType<string>());
    }

    private void WriteFaults(IReadOnlyList<VerificationFault> faults)
    {
        foreach (var fault in faults)
        {
            var entry = fault.Entry is { } index
                ? string.Create(CultureInfo.InvariantCulture, $", entry {index}") : "";
            var id = fault.Id is { } name ? $", id {name}" : "";
            var site = fault.Site is { } chain ? $"site {chain}, " : "";
            Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{site}block {fault.Height}{entry}{id}: {fault.Message}"));
        }
    }

    private void WriteLines(VerificationReport report)
    {
        WriteFaults(report.Faults);
        foreach (var recovery in report.Recoveries) Context.Output.WriteLine(Line(recovery));
        Context.Output.WriteLine($"{Verdict(report.Faults)} in "
            + $"{Counted.Text(report.Blocks, "block")}, "
            + $"{Counted.Text(report.Entries, "entry")}, "
            + Counted.Text(report.Accounts, "account")
            + (report.Sites.Count > 1 ? $", {Counted.Text(report.Sites.Count, "site")}" : ""));
    }
}
