namespace Settle.Cli.Commands;

internal sealed class MirrorCommand : SettleCommand
{
    private readonly Argument<string> _from = new("FROM")
        { Description = "The ledger to copy: a file, a CouchDB database or a server; or @FILE" };

    private readonly Argument<string> _to = new("TO")
        { Description = "A file or a CouchDB database, made if absent; or @FILE" };

    public MirrorCommand(CliContext context)
        : base(context, "mirror",
            "Copies a ledger's blocks to another place, with the same hashes, and its billing "
            + "documents unless the source is a server. Run it again to continue. A place "
            + "that has other blocks is refused.",
            "settle mirror bank.db couchdb://localhost:5984/bank",
            "settle mirror couchdb://localhost:5984/bank backup.db")
    {
        Add(_from);
        Add(_to);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var from = LedgerLocation.Read(words.GetRequiredValue(_from));
        var to = LedgerLocation.Read(words.GetRequiredValue(_to));
        LedgerOpening.RequireLedger(from);
        var report = await ProgressBar.RunAsync(Context, "mirror", progress =>
            LedgerMirror.CopyAsync(from, to, LedgerOpening.Options(Context, mayMake: false),
                progress, cancellation));
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(report, ReportJson.Default.MirrorReport)
            : $"{Counted.Text(report.Copied, "block")} and "
                + $"{Counted.Text(report.Documents, "document")} copied; "
                + $"{Counted.Text(report.Height, "block")} in all, {report.Hash}");
        foreach (var warning in report.Warnings ?? []) Context.Say("warning", warning);
        return ExitStatus.Done;
    }
}
