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

    private readonly Option<DateOnly?> _from = Typed.Day("--from",
        "Only what has this value date or a later one; invoices count by their own date");

    private readonly Option<DateOnly?> _to = Typed.Day("--to",
        "Only what has this value date or an earlier one; 2026-10 means its last day",
        takesMonths: true);

    private readonly Option<string> _language = Typed.Text("--language", "LANGUAGE",
        "With invoices: CSV for a spreadsheet in this language, de or en");

    private readonly DatevOptions _datev;

    public ExportCommand(CliContext context)
        : base(context, "export",
            "Exports the chain or a period of it: what moved money as a journal or CSV, or all as "
                + "jsonl. Or exports a period's invoices, for accountants.",
            "settle export --format hledger --output bank.journal",
            "settle export --format csv --output transfers.csv --accounts accounts.csv",
            "settle export --format jsonl | jq .entry.id",
            "settle export --format csv --from 2026-10-01 --to 2026-10 --output october.csv",
            "settle export --format invoices --language de --from 2026-10-01 --to 2026-10",
            "settle export --format datev --from 2026-10-01 --to 2026-10 --payments "
                + "--output EXTF_2026-10.csv")
    {
        _format.Accept("hledger", "beancount", "csv", "jsonl", Invoices, Datev);
        _language.Accept("de", "en");
        Add(_format);
        Add(_output);
        Add(_accounts);
        Add(_from);
        Add(_to);
        Add(_language);
        _datev = new DatevOptions(this);
    }

    protected override void CheckWords(ParseResult words)
    {
        var (from, to) = (words.GetValue(_from), words.GetValue(_to));
        if (from > to)
            throw new UsageException($"--to: {to:yyyy-MM-dd} is before --from, {from:yyyy-MM-dd}");
        if (words.GetValue(_format) == Datev && (from is null || to is null))
            throw new UsageException("--from and --to are missing; a DATEV export needs both");
        if (words.GetValue(_format) != Datev && _datev.GivenIn(words) is { } option)
            throw new UsageException($"{option} can only be used with --format datev");
        if (words.GetValue(_language) is not null && words.GetValue(_format) != Invoices)
            throw new UsageException("--language can only be used with --format invoices");
        if (words.GetValue(_accounts) is not null && words.GetValue(_format) != "csv")
            throw new UsageException("--accounts can only be used with --format csv");
        if (words.GetValue(_accounts) is not null && (from ?? to) is not null)
            throw new UsageException("--accounts cannot be combined with --from or --to: terms "
                + "belong to the whole past");
        AtomicFile.CheckIsOther(
            "--accounts", words.GetValue(_accounts), ("--output", words.GetValue(_output)));
        AtomicFile.CheckIsOther(
            "--output", words.GetValue(_output), ("--settings", _datev.FileIn(words)));
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        using var file = words.GetValue(_output) is { } path ? new AtomicFile(path) : null;
        using var accountsFile = words.GetValue(_accounts) is { } accounts
            ? new AtomicFile(accounts) : null;
        await Context.Output.FlushAsync(cancellation);
        var stream = new BufferedStream(file?.Stream ?? Context.OutputStream, 64 * 1024);
        var (written, leftOut) = await ProgressBar.RunAsync(Context, "export", progress =>
            WriteAsync(words, ledger, (stream, accountsFile?.Stream), progress, cancellation));
        await stream.FlushAsync(cancellation);
        accountsFile?.Commit();
        file?.Commit();
        foreach (var each in leftOut)
            Context.Say("warning", $"{each.Number} is left out: it {each.Why}");
        if (file is not null) Report(words, written, leftOut);
        return leftOut.Count > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    private async Task<(long Written, IReadOnlyList<LeftOut> LeftOut)> WriteAsync(
        ParseResult words, ILedger ledger, (Stream File, Stream? Accounts) outputs,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var (from, to) = (words.GetValue(_from), words.GetValue(_to));
        var output = outputs.File;
        switch (words.GetRequiredValue(_format))
        {
            case Datev:
                var result = await LedgerExport.DatevAsync(ledger, output, (from!.Value, to!.Value),
                    await _datev.ReadAsync(words, cancellation), Context.Time, progress,
                    cancellation);
                return (result.Written, result.LeftOut);
            case Invoices:
                return (await LedgerExport.InvoicesAsync(ledger, output, from, to,
                    words.GetValue(_language), progress, cancellation), []);
            case "hledger":
                return (await LedgerExport.HledgerAsync(
                    ledger, output, from, to, progress, cancellation), []);
            case "beancount":
                return (await LedgerExport.BeancountAsync(
                    ledger, output, from, to, progress, cancellation), []);
            case "csv":
                return (await LedgerExport.CsvAsync(ledger, output, outputs.Accounts, from, to,
                    progress, cancellation), []);
            default:
                return (await LedgerExport.JsonLinesAsync(
                    ledger, output, from, to, progress, cancellation), []);
        }
    }

    private void Report(ParseResult words, long written, IReadOnlyList<LeftOut> leftOut)
    {
        var what = words.GetValue(_format) switch
        {
            Invoices => "invoice",
            Datev => "document",
            _ => "entry",
        };
        if (!WantsJson(words))
        {
            Context.Output.WriteLine(
                $"{Counted.Text(written, what)} to {words.GetValue(_output)}");
            return;
        }
        using var json = new Utf8JsonWriter(Context.OutputStream);
        json.WriteStartObject();
        json.WriteNumber(what, written);
        if (leftOut.Count > 0)
        {
            json.WriteStartArray("left_out");
            foreach (var each in leftOut)
            {
                json.WriteStartObject();
                json.WriteString("number", each.Number);
                json.WriteString("why", each.Why);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        Context.Output.WriteLine();
    }
}
