namespace Settle.Cli.Commands;

internal sealed class RestoreCommand : SettleCommand
{
    private readonly Argument<string> _from = new("FROM")
        { Description = "The backup: a file, a database or a server; or @FILE" };

    private readonly Argument<string> _to = new("TO")
        { Description = "The ledger's file, made if absent; no program may have it open" };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Go on although TO has blocks that FROM lacks, or is damaged",
    };

    public RestoreCommand(CliContext context)
        : base(context, "restore",
            "Puts a backup in a ledger's place. The backup is verified completely first, and a "
            + "file that is already there is kept under another name. If that file has blocks that "
            + "the backup lacks, --replace is needed. If blocks are lost, the ledger refuses "
            + "requests until --accept-rollback is given once, to 'settle serve' or to a command "
            + "that writes; that is recorded.",
            "settle restore backups/bank.db bank.db",
            "settle restore backups/bank.db bank.db --replace")
    {
        Add(_from);
        Add(_to);
        Add(_replace);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var from = LedgerLocation.Read(words.GetRequiredValue(_from));
        var to = words.GetRequiredValue(_to);
        Ledger.CheckPath(from);
        if (!from.Contains("://", StringComparison.Ordinal) && !File.Exists(from))
            throw new StoreUnavailableException($"there is no backup at {from}: name its file");
        var report = await ProgressBar.RunAsync(Context, "restore", progress =>
            LedgerBackup.RestoreAsync(from, to, words.GetValue(_replace),
                LedgerOpening.Options(Context, mayMake: false), progress, cancellation));
        foreach (var warning in report.Warnings ?? []) Context.Say("warning", warning);
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(report, ReportJson.Default.RestoreReport));
            return ExitStatus.Done;
        }
        Context.Output.WriteLine(
            $"{report.Path}: {Counted.Text(report.Height, "block")}, no fault; {report.Hash}");
        if (report.KeptAs is { } kept)
            Context.Output.WriteLine($"the file that was there is now {kept}");
        if (report.LostHeight is { } lost)
        {
            Context.Say("warning", string.Create(CultureInfo.InvariantCulture,
                $"block {lost} was known here, and the backup does not have it: put a newer ")
                + "backup here if there is one. To go on without, add --accept-rollback once to "
                + "'settle serve' or to a command that writes; it is recorded");
        }
        return ExitStatus.Done;
    }
}
