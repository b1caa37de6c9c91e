using System.CommandLine;
using System.Globalization;
using System.Text;
using Settle.Cli.Output;
using Settle.Formats;

namespace Settle.Cli.Commands;

internal sealed class ExportCommand : LedgerCommand
{
    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "hledger, beancount, csv or jsonl",
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

    public ExportCommand(CliContext context)
        : base(context, "export",
            "Exports the whole chain: journals and CSV have what moved money, jsonl has all.",
            "settle export --format hledger --output bank.journal",
            "settle export --format csv --output transfers.csv --accounts accounts.csv",
            "settle export --format jsonl | jq .entry.id")
    {
        _format.AcceptOnlyFromAmong("hledger", "beancount", "csv", "jsonl");
        Add(_format);
        Add(_output);
        Add(_accounts);
    }

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_accounts) is not null && Format(words) != JournalFormat.Csv)
            throw new UsageException("--accounts goes with --format csv");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        using var file = words.GetValue(_output) is { } path ? new AtomicFile(path) : null;
        using var accountsFile = words.GetValue(_accounts) is { } accounts
            ? new AtomicFile(accounts) : null;
        var floors = accountsFile is null ? null : new AccountFloors();
        await Context.Output.FlushAsync(cancellation);
        var stream = new BufferedStream(file?.Stream ?? Context.OutputStream, 64 * 1024);
        var journal = Make(Format(words), stream, ledger, floors);
        var entries = await ProgressBar.RunAsync(Context, "export", report =>
            ChainExport.RunAsync(ledger, journal, report is null ? null
                : new DirectProgress<(long Height, long Max)>(at =>
                    report("export", (double)at.Height / at.Max)),
                cancellation));
        await stream.FlushAsync(cancellation);
        if (accountsFile is not null)
        {
            floors!.Write(accountsFile.Stream,
                new AssetScales(await ledger.GetInfoAsync(cancellation)));
            accountsFile.Commit();
        }
        if (file is null) return ExitStatus.Done;
        file.Commit();
        Context.Output.WriteLine(WantsJson(words)
            ? string.Create(CultureInfo.InvariantCulture, $"{{\"entries\":{entries}}}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{entries} entries to {words.GetValue(_output)}"));
        return ExitStatus.Done;
    }

    private JournalFormat Format(ParseResult words) => words.GetRequiredValue(_format) switch
    {
        "hledger" => JournalFormat.Hledger,
        "beancount" => JournalFormat.Beancount,
        "csv" => JournalFormat.Csv,
        _ => JournalFormat.Jsonl,
    };

    private static IJournal Make(JournalFormat format, Stream stream, ILedger ledger,
        AccountFloors? floors) =>
        format switch
        {
            JournalFormat.Hledger => new HledgerJournal(Text(stream)),
            JournalFormat.Beancount => new BeancountJournal(Text(stream)),
            JournalFormat.Csv => new CsvJournal(stream, ledger, floors),
            _ => new JsonLinesJournal(stream),
        };

    private static StreamWriter Text(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024,
            leaveOpen: true)
        {
            NewLine = "\n",
        };
}
