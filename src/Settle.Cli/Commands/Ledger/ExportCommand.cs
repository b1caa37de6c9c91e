using Settle.Accounting;
using Settle.Journals;

namespace Settle.Cli.Commands;

internal sealed class ExportCommand : LedgerCommand
{
    private const string Invoices = "invoices";
    private const string Datev = "datev";

    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "hledger, beancount, csv or jsonl; for invoices: invoices (CSV) or datev",
        HelpName = "FORMAT",
        Required = true,
    };

    private readonly Option<string> _output = Typed.Text("--output", "FILE",
        "The file; it appears once it is complete [default: standard output]", "-o");

    private readonly Option<string> _accounts = Typed.Text("--accounts", "FILE",
        "With csv: also write the accounts with all their terms, for import --accounts");

    private readonly Option<DateOnly?> _from = Typed.Day("--from", "For invoices: the first day");
    private readonly Option<DateOnly?> _to =
        Typed.Day("--to", "For invoices: the last day; 2026-10 means its last day",
            takesMonths: true);

    private readonly Option<int> _consultant = Typed.Integer("--consultant", "NUMBER",
        "With datev: the tax adviser's number", 1001, 9_999_999, 1001);

    private readonly Option<int> _client = Typed.Integer("--client", "NUMBER",
        "With datev: the client's number", 1, 99_999, 1);

    private readonly Option<string> _chart = new("--chart")
    {
        Description = "With datev: the chart of accounts, 03 or 04",
        HelpName = "CHART",
        DefaultValueFactory = _ => "03",
    };

    public ExportCommand(CliContext context)
        : base(context, "export",
            "Exports the whole chain: what moved money as a journal or CSV, or all as jsonl. "
                + "Or exports a period's invoices, for accountants.",
            "settle export --format hledger --output bank.journal",
            "settle export --format csv --output transfers.csv --accounts accounts.csv",
            "settle export --format jsonl | jq .entry.id",
            "settle export --format datev --from 2026-10-01 --to 2026-10 --output extf.csv")
    {
        _format.Accept("hledger", "beancount", "csv", "jsonl", Invoices, Datev);
        _chart.Accept("03", "04");
        Add(_format);
        Add(_output);
        Add(_accounts);
        Add(_from);
        Add(_to);
        Add(_consultant);
        Add(_client);
        Add(_chart);
    }

    protected override void CheckWords(ParseResult words)
    {
        var isOfInvoices = IsOfInvoices(words);
        var (from, to) = (words.GetValue(_from), words.GetValue(_to));
        if (!isOfInvoices && (from ?? to) is not null)
            throw new UsageException(
                "--from and --to can only be used with --format invoices or datev");
        if (words.GetValue(_format) == Datev && (from is null || to is null))
            throw new UsageException("--from and --to are missing; a DATEV export needs both");
        if (words.GetValue(_accounts) is not null && words.GetValue(_format) != "csv")
            throw new UsageException("--accounts can only be used with --format csv");
        AtomicFile.CheckIsOther(
            "--accounts", words.GetValue(_accounts), ("--output", words.GetValue(_output)));
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        using var file = words.GetValue(_output) is { } path ? new AtomicFile(path) : null;
        using var accountsFile = words.GetValue(_accounts) is { } accounts
            ? new AtomicFile(accounts) : null;
        await Context.Output.FlushAsync(cancellation);
        var stream = new BufferedStream(file?.Stream ?? Context.OutputStream, 64 * 1024);
        if (IsOfInvoices(words))
        {
            var invoices = await ProgressBar.RunAsync(Context, "export",
                progress => WriteInvoicesAsync(words, ledger, stream, progress, cancellation));
            await stream.FlushAsync(cancellation);
            return Finish(words, file, invoices, "invoices");
        }
        var terms = accountsFile is null ? null : new CsvAccountTerms();
        var journal = Make(words.GetRequiredValue(_format), stream, terms);
        var (entries, height) = await ProgressBar.RunAsync(Context, "export", progress =>
            ChainExport.RunAsync(ledger, journal, progress, cancellation));
        await stream.FlushAsync(cancellation);
        if (accountsFile is not null)
        {
            await terms!.WriteAsync(accountsFile.Stream, ledger, height, cancellation);
            accountsFile.Commit();
        }
        return Finish(words, file, entries, "entries");
    }

    private int Finish(ParseResult words, AtomicFile? file, long count, string what)
    {
        if (file is null) return ExitStatus.Done;
        file.Commit();
        Context.Output.WriteLine(WantsJson(words)
            ? string.Create(CultureInfo.InvariantCulture, $"{{\"{what}\":{count}}}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{count} {what} to {words.GetValue(_output)}"));
        return ExitStatus.Done;
    }

    private bool IsOfInvoices(ParseResult words) =>
        words.GetValue(_format) is Invoices or Datev;

    private Task<long> WriteInvoicesAsync(ParseResult words, ILedger ledger, Stream stream,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var (from, to) = (words.GetValue(_from), words.GetValue(_to));
        if (words.GetValue(_format) == Invoices)
            return AccountingExport.CsvAsync(ledger, stream, from, to, progress, cancellation);
        return AccountingExport.DatevAsync(ledger, stream, new DatevOptions
        {
            Consultant = words.GetValue(_consultant),
            Client = words.GetValue(_client),
            Chart = words.GetRequiredValue(_chart),
            YearStart = new DateOnly(from!.Value.Year, 1, 1),
            From = from.Value,
            To = to!.Value,
            Created = Context.Time.GetUtcNow().UtcDateTime,
        }, progress, cancellation);
    }

    private static IJournal Make(string format, Stream stream,
        CsvAccountTerms? accounts) =>
        format switch
        {
            "hledger" => new HledgerJournal(Text(stream)),
            "beancount" => new BeancountJournal(Text(stream)),
            "csv" => new CsvJournal(stream, accounts),
            _ => new JsonLinesJournal(stream),
        };

    private static StreamWriter Text(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024,
            leaveOpen: true)
        {
            NewLine = "\n",
        };
}
