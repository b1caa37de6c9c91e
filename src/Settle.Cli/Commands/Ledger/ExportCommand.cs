using System.CommandLine;
using System.Globalization;
using System.Text;
using Settle.Cli.Input;
using Settle.Cli.Output;
using Settle.Journals;
using Settle.Accounting;

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

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file; it appears when it is whole [default: standard output]",
        HelpName = "FILE",
    };

    private readonly Option<string> _accounts = new("--accounts")
    {
        Description = "With csv: also write the accounts with the overdrafts that the rows need",
        HelpName = "FILE",
    };

    private readonly DayOption _from = new("--from", "For invoices: the first day");
    private readonly DayOption _to =
        new("--to", "For invoices: the last day; 2026-10 is its last day", takesMonths: true);

    private readonly Option<int> _consultant = new("--consultant")
    {
        Description = "With datev: the tax adviser's number",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1001,
    };

    private readonly Option<int> _client = new("--client")
    {
        Description = "With datev: the client's number",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _chart = new("--chart")
    {
        Description = "With datev: the chart of accounts, 03 or 04",
        HelpName = "CHART",
        DefaultValueFactory = _ => "03",
    };

    public ExportCommand(CliContext context)
        : base(context, "export",
            "Exports the whole chain: journals and CSV have what moved money, jsonl has all; or "
                + "the invoices of some days, for accountants.",
            "settle export --format hledger --output bank.journal",
            "settle export --format csv --output transfers.csv --accounts accounts.csv",
            "settle export --format jsonl | jq .entry.id",
            "settle export --format datev --from 2026-10-01 --to 2026-10 --output extf.csv")
    {
        _format.AcceptOnlyFromAmong("hledger", "beancount", "csv", "jsonl", Invoices, Datev);
        _chart.AcceptOnlyFromAmong("03", "04");
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
        var (from, to) = (_from.In(words), _to.In(words));
        if (!isOfInvoices && (from ?? to) is not null)
            throw new UsageException(
                "--from and --to can only be used with --format invoices or datev");
        if (words.GetValue(_format) == Datev && (from is null || to is null))
            throw new UsageException("--from and --to are missing; a DATEV export needs both");
        if (words.GetValue(_accounts) is not null && words.GetValue(_format) != "csv")
            throw new UsageException("--accounts can only be used with --format csv");
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
        var floors = accountsFile is null ? null : new AccountFloors();
        var journal = Make(words.GetRequiredValue(_format), stream, ledger, floors);
        var entries = await ProgressBar.RunAsync(Context, "export", progress =>
            ChainExport.RunAsync(ledger, journal, progress, cancellation));
        await stream.FlushAsync(cancellation);
        if (accountsFile is not null)
        {
            floors!.Write(accountsFile.Stream,
                new AssetScales(await ledger.GetInfoAsync(cancellation)));
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
        var (from, to) = (_from.In(words), _to.In(words));
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

    private static IJournal Make(string format, Stream stream, ILedger ledger,
        AccountFloors? floors) =>
        format switch
        {
            "hledger" => new HledgerJournal(Text(stream)),
            "beancount" => new BeancountJournal(Text(stream)),
            "csv" => new CsvJournal(stream, ledger, floors),
            _ => new JsonLinesJournal(stream),
        };

    private static StreamWriter Text(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024,
            leaveOpen: true)
        {
            NewLine = "\n",
        };
}
