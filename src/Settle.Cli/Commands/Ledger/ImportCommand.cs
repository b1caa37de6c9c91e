using System.Diagnostics;
using Settle.Import;

namespace Settle.Cli.Commands;

internal sealed class ImportCommand : LedgerCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description =
            "Transfers as CSV, also packed by gzip: id,date,from,to,amount[,asset][,memo]; or "
            + "charges: "
            + "id,customer,amount,description,date[,tax]...; or customers: "
            + "customer,name,country...; or subscriptions: "
            + "subscription,customer,amount,description,start...; or quotes, a row for each line: "
            + "quote,customer,amount,description[,valid_until]...; '-' reads standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _accounts = Typed.Text("--accounts", "FILE",
        "Accounts as CSV: account,overdraft[,ceiling][,asset]; opened before the transfers");

    private readonly Option<string> _rejected = Typed.Text("--rejected", "FILE",
        "Write the rows that the ledger refused to this file, with the reason");

    private readonly Option<string[]?> _metaColumns = Typed.List("--meta-columns", "NAMES",
        "Further columns to keep as meta, with commas between their names; a column "
            + "meta:NAME is always kept");

    private readonly Option<string> _asset = Typed.Asset(
        "The asset of rows that name none [default: the ledger's]");

    private (CsvFileKind Kind, ImportFile? Accounts, ImportFile? Rows) _files;

    public ImportCommand(CliContext context)
        : base(context, "import",
            "Imports transfers (and accounts before them), charges, customers, subscriptions or "
            + "quotes; the header says which. A file with errors is refused as a whole. Importing "
            + "a file again finishes it or changes nothing.",
            "settle import transfers.csv --accounts accounts.csv",
            "settle import transfers.csv --rejected refused.csv",
            "settle import customers.csv && settle import charges.csv",
            "settle import till.csv --meta-columns shop,till",
            "unzip -p transfers.zip | settle import -")
    {
        Add(_file);
        Add(_accounts);
        Add(_rejected);
        Add(_metaColumns);
        Add(_asset);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words)
    {
        var files = (string?[])[words.GetValue(_file), words.GetValue(_accounts)];
        if (files.All(file => file is null))
            throw new UsageException("FILE or --accounts is missing");
        foreach (var file in files)
        {
            if (file is null or "-") continue;
            InputFile.Check("file", file);
        }
        if (words.GetValue(_accounts) == "-" && words.GetValue(_file) == "-")
            throw new UsageException("only one of FILE and --accounts can be '-'");
        if (words.GetValue(_rejected) is not null && words.GetValue(_file) is null)
            throw new UsageException("--rejected can only be used with FILE");
        AtomicFile.CheckIsOther("--rejected", words.GetValue(_rejected),
            ("FILE", words.GetValue(_file)), ("--accounts", words.GetValue(_accounts)));
    }

    protected override async Task<int> RunAtAsync(
        ParseResult words, string location, CancellationToken cancellation)
    {
        // Before a ledger is made for them; and standard input can be read only once.
        using var accounts = await OpenAsync(words.GetValue(_accounts), cancellation);
        using var rows = await OpenAsync(words.GetValue(_file), cancellation);
        _files = (KindOf(words, accounts, rows), accounts, rows);
        return await base.RunAtAsync(words, location, cancellation);
    }

    protected override Task RehearseAsync(
        ParseResult words, ILedger empty, CancellationToken cancellation) =>
        ProgressBar.RunAsync(Context, "import", async progress =>
        {
            var (kind, accounts, rows) = _files;
            if (kind == CsvFileKind.Transfers)
            {
                await Transfers(words, empty, progress)
                    .CheckAsync(accounts, rows, cancellation);
            }
            else await Billing(words, empty, progress).CheckAsync(kind, rows!, cancellation);
            return kind;
        });

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        using var rejectedFile = words.GetValue(_rejected) is { } path
            ? new AtomicFile(path) : null;
        var started = Stopwatch.GetTimestamp();
        ImportSummary summary;
        using (var rejected = rejectedFile is null ? null : new RefusedRows(rejectedFile.Stream))
        {
            summary = await ProgressBar.RunAsync(Context, "import",
                progress => ImportAsync(ledger, words, rejected, progress, cancellation));
            rejected?.Flush();
            rejectedFile?.Commit();
        }
        var report = ImportReport.Of(summary, Stopwatch.GetElapsedTime(started));
        if (WantsJson(words)) report.WriteJson(Context.Output);
        else report.WriteLines(Context.Output);
        if (summary.StoppedBy is { } stop)
        {
            var status = Failures.Report(Context, stop, WantsJson(words));
            if (!WantsJson(words))
                Context.Error.WriteLine("Import the same files again to finish.");
            return status;
        }
        return summary.HasRefusals ? ExitStatus.Refused : ExitStatus.Done;
    }

    private Task<ImportSummary> ImportAsync(ILedger ledger, ParseResult words,
        RefusedRows? rejected, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var (kind, accounts, file) = _files;
        return kind switch
        {
            CsvFileKind.Charges => Billing(words, ledger, progress)
                .ChargesAsync(file!, rejected, cancellation),
            CsvFileKind.Customers => Billing(words, ledger, progress)
                .CustomersAsync(file!, cancellation),
            CsvFileKind.Subscriptions => Billing(words, ledger, progress)
                .SubscriptionsAsync(file!, cancellation),
            CsvFileKind.Quotes => Billing(words, ledger, progress)
                .QuotesAsync(file!, cancellation),
            CsvFileKind.Openings => Billing(words, ledger, progress)
                .OpeningsAsync(file!, cancellation),
            _ => Transfers(words, ledger, progress)
                .RunAsync(accounts, file, rejected, cancellation),
        };
    }

    private CsvImport Transfers(
        ParseResult words, ILedger ledger, IProgress<WorkProgress>? progress) =>
        new(ledger, words.GetValue(_asset), progress)
        {
            MetaColumns = words.GetValue(_metaColumns) ?? [],
        };

    private BillingImport Billing(
        ParseResult words, ILedger ledger, IProgress<WorkProgress>? progress) =>
        new(ledger, words.GetValue(_asset), progress);

    private CsvFileKind KindOf(ParseResult words, ImportFile? accounts, ImportFile? file)
    {
        var kind = file?.ReadKind() ?? CsvFileKind.Transfers;
        if (kind == CsvFileKind.Transfers) return kind;
        if (accounts is not null)
            throw new UsageException("--accounts can only be used with a file of transfers");
        if (kind != CsvFileKind.Charges && words.GetValue(_rejected) is not null)
            throw new UsageException(
                "--rejected can only be used with a file of transfers or charges");
        if (words.GetValue(_metaColumns) is { Length: > 0 })
            throw new UsageException(
                "--meta-columns can only be used with files of transfers and accounts");
        return kind;
    }

    private async Task<ImportFile?> OpenAsync(string? path, CancellationToken cancellation) =>
        path switch
    {
        null => null,
        "-" => await ImportFile.ReadAsync("standard input", Context.OpenInput(), cancellation),
        _ => await ImportFile.OpenAsync(path, cancellation),
    };
}
