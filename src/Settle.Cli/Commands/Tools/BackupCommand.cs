using Settle.Stores;

namespace Settle.Cli.Commands;

internal sealed class BackupCommand : SettleCommand
{
    private const string FileExtension = ".db";

    private readonly LedgerOption _ledger = new()
    {
        Description = "A file (bank.db), a folder whose .db files are ledgers, a CouchDB database "
            + "or a server (http://host:7171/bank); @FILE reads it from a file "
            + $"[default: ${LedgerOption.Variable}, else {LedgerOption.DefaultLocation}]",
    };

    private readonly Argument<string> _to = new("TO")
    {
        Description = "A file, made if absent; or a folder, for a file with the ledger's name "
            + "in it",
    };

    public BackupCommand(CliContext context)
        : base(context, "backup",
            "Saves a ledger in a file, even while it is in use. The next run reads only what is "
            + "new. A backup is written beside the last one, verified completely, and only then "
            + "takes its place, so the file at TO is always whole. If one ledger of a folder "
            + "cannot be saved, the others still are. A server gives only its blocks, without "
            + "names and addresses.",
            "settle backup backups/ --ledger bank.db",
            "settle backup backups/ --ledger ./ledgers",
            "settle backup bank-copy.db --ledger http://bank.example:7171/bank --json")
    {
        Add(_to);
        Add(_ledger);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var location = _ledger.LocationIn(words, Context);
        var to = words.GetRequiredValue(_to);
        if (Directory.Exists(location))
            return await SaveAllAsync(words, location, to, cancellation);
        LedgerOpening.RequireLedger(location);
        var report = await SaveAsync(
            location, IsFolder(to) ? InFolder(to, location) : to, cancellation);
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(report, ReportJson.Default.BackupReport) : Line(report));
        return ExitStatus.Done;
    }

    private async Task<int> SaveAllAsync(
        ParseResult words, string folder, string to, CancellationToken cancellation)
    {
        if (!IsFolder(to))
        {
            throw new InvalidRequestException("to", $"'{to}' is not a folder, and {folder} is one: "
                + $"name a folder for its ledgers, such as {to}/");
        }
        // An empty file has nothing to save: an init that failed may leave one.
        string[] ledgers = [.. Directory.EnumerateFiles(folder, "*" + FileExtension)
            .Where(file => new FileInfo(file).Length > 0).Order(StringComparer.Ordinal)];
        if (ledgers.Length == 0)
        {
            throw new StoreUnavailableException(
                $"there is no ledger (*{FileExtension}) in {folder}");
        }
        var reports = new List<BackupReport>();
        var status = ExitStatus.Done;
        foreach (var ledger in ledgers)
        {
            try
            {
                var report = await SaveAsync(ledger, InFolder(to, ledger), cancellation);
                reports.Add(report);
                if (!WantsJson(words)) Context.Output.WriteLine(Line(report));
            }
            catch (SettleException e)
            {
                // A ledger that cannot be saved must not keep the others from being saved.
                var failed = Failures.Report(Context, e, WantsJson(words));
                if (status == ExitStatus.Done) status = failed;
            }
        }
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(reports, ReportJson.Default.ListBackupReport));
        }
        return status;
    }

    private async Task<BackupReport> SaveAsync(
        string ledger, string to, CancellationToken cancellation)
    {
        var report = await ProgressBar.RunAsync(Context, "backup", progress =>
            LedgerBackup.SaveAsync(ledger, to, LedgerOpening.Options(Context, mayMake: false),
                progress, cancellation));
        foreach (var warning in report.Warnings ?? []) Context.Say("warning", warning);
        return report;
    }

    private static bool IsFolder(string path) =>
        Directory.Exists(path) || Path.EndsInDirectorySeparator(path);

    private static string InFolder(string folder, string ledger) =>
        Path.Combine(
            PrivateFile.MakeFolder(folder).FullName, Ledger.NameOf(ledger) + FileExtension);

    private static string Line(BackupReport report) =>
        $"{report.Path}: {Counted.Text(report.Height, "block")}, "
        + string.Create(CultureInfo.InvariantCulture, $"{report.Copied} of them new, no fault; ")
        + report.Hash
        + (report.HasDocuments ? ""
            : "; without names and addresses, which a server does not give");
}
