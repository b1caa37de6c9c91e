using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Settle.Server;

/// <summary><c>/exports</c>: the chain as a file, and files for accountants</summary>
internal static class ExportEndpoints
{
    private const string Csv = "text/csv";
    private const string LeftOutHeader = "Settle-Left-Out";
    private const int LeftOutMax = 100;

    private delegate Task<long> ChainExporter(ILedger ledger, Stream output, DateOnly? from,
        DateOnly? to, IProgress<WorkProgress>? progress, CancellationToken stop);

    private static readonly QueryParameter From =
        new("from", "string", "The first day, by value date.", "2026-10-01");

    private static readonly QueryParameter To =
        new("to", "string", "The last day, by value date.", "2026-10-31");

    public static void Map(IEndpointRouteBuilder ledger)
    {
        MapChain(ledger, "hledger", "text/plain", "as a journal for hledger", "With billing, the "
            + "books of the company. Up to the newest block.", LedgerExport.HledgerAsync);
        MapChain(ledger, "beancount", "text/plain", "as a journal for beancount", "With billing, "
            + "the books of the company. Up to the newest block.", LedgerExport.BeancountAsync);
        MapChain(ledger, "csv", Csv, "as CSV", "What moved money, to be imported elsewhere.",
            (ledger, output, from, to, progress, stop) =>
                LedgerExport.CsvAsync(ledger, output, null, from, to, progress, stop));
        MapChain(ledger, "jsonl", "application/jsonl", "as lines of JSON",
            "Every entry, with its block.", LedgerExport.JsonLinesAsync);
        ledger.Read("/exports/invoices", InvoicesAsync)
            .Named("export_invoices", "Export invoices as CSV",
                "A row for each invoice and tax rate; credit notes are below zero. For programs, "
                + "or for a spreadsheet in a language.")
            .Knows(From, To, new QueryParameter("language", "string",
                "`de` or `en`: separators, decimals and words as a spreadsheet in that language "
                + "has them.", "de"))
            .GivesText(Csv, "The file, UTF-8.");
        ledger.On(HttpMethods.Post, "/exports/datev", ApiRole.Reader, DatevAsync)
            .Named("export_datev", "Make a posting batch for DATEV",
                "EXTF, Buchungsstapel: invoices and credit notes of some days in one fiscal year, "
                + "and payments, write-offs and refunds if asked. Changes nothing. What could not "
                + "be posted, for want of a rate, is named in the header `Settle-Left-Out`.")
            .Knows(From, To)
            .Takes<DatevSettings>(BillingExamples.Datev)
            .GivesText(Csv, "The file, in Windows-1252 or UTF-8.")
            .Refuses(400, 413, 415);
    }

    private static void MapChain(IEndpointRouteBuilder ledger, string format, string mediaType,
        string what, string description, ChainExporter export) =>
        ledger.Read($"/exports/{format}", call =>
        {
            var (whole, from, to) = (call.Ledger, call.ValueDay("from"), call.ValueDay("to"));
            if (from > to)
                throw new InvalidRequestException("to", $"must not be before {from:yyyy-MM-dd}");
            return Task.FromResult<IResult>(TypedResults.Stream(output =>
                call.InTurnAsync(WorkKind.Export, () =>
                {
                    // The writers of files do not wait for each line; a turn is for few at once.
                    call.Context.Features.GetRequiredFeature<IHttpBodyControlFeature>()
                        .AllowSynchronousIO = true;
                    return export(whole, output, from, to, null, call.Stop);
                }), $"{mediaType}; charset=utf-8"));
        })
            .Named($"export_{format}", $"Export the chain {what}", description)
            .Knows(From, To)
            .GivesText(mediaType, "The file, UTF-8.")
            .DisableRequestTimeout();

    private static async Task<IResult> InvoicesAsync(LedgerCall call)
    {
        var (from, to) = (call.Day("from"), call.Day("to"));
        var language = call.Word("language", "de", "en");
        return File(await call.InTurnAsync(WorkKind.Export, async () =>
        {
            using var file = new MemoryStream();
            await LedgerExport.InvoicesAsync(call.Ledger, file, from, to, language,
                cancellationToken: call.Stop).ConfigureAwait(false);
            return file.ToArray();
        }).ConfigureAwait(false), "utf-8", "invoices.csv");
    }

    private static async Task<IResult> DatevAsync(LedgerCall call)
    {
        _ = call.Ledger;
        var (from, to) = (Day("from"), Day("to"));
        using var body = await RequestBody.ReadAsync(call.Context).ConfigureAwait(false);
        var settings = Bodies.Read<DatevSettings>(body.Span);
        var clock = SettleApi.Of(call.Context).Clock;
        var (bytes, result) = await call.InTurnAsync(WorkKind.Export, async () =>
        {
            using var file = new MemoryStream();
            var made = await LedgerExport.DatevAsync(call.Ledger, file, (from, to), settings,
                clock, null, call.Stop).ConfigureAwait(false);
            return (file.ToArray(), made);
        }).ConfigureAwait(false);
        if (result.LeftOut.Count > 0)
        {
            call.Context.Response.Headers[LeftOutHeader] = string.Join(", ", result.LeftOut
                .Take(LeftOutMax).Select(each => Uri.EscapeDataString(each.Number)));
        }
        return File(bytes, settings.Utf8 ? "utf-8" : "windows-1252", string.Create(
            CultureInfo.InvariantCulture, $"EXTF_{from:yyyyMMdd}-{to:yyyyMMdd}.csv"));

        DateOnly Day(string name) => call.Day(name) ?? throw new InvalidRequestException(name,
            "is missing; a batch for DATEV needs its first and its last day");
    }

    private static FileContentHttpResult File(byte[] bytes, string charset, string name) =>
        TypedResults.Bytes(bytes, $"{Csv}; charset={charset}", name);
}
