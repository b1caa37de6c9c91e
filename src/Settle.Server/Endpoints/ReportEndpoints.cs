using CsvHelper;
using Settle.Journals;

namespace Settle.Server;

/// <summary><c>/reports</c></summary>
internal static class ReportEndpoints
{
    private const string Csv = "text/csv";

    private static readonly QueryParameter[] Common =
    [
        new("asset", "string", "The asset; the ledger's default if absent.", "USD"),
        new("format", "string", "`json`, or `csv` for a table; so does `Accept: text/csv`.",
            "json"),
    ];

    private static readonly QueryParameter[] Days =
    [
        new("from", "string", "The first day.", "2026-01-01"),
        new("to", "string", "The last day.", "2026-12-31"),
        .. Common,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        Map(ledger, "trial-balance", call => call.Ledger.Reports.GetTrialBalanceAsync(
                call.ValueDay("on"), call.Text("asset"), call.Stop), ReportTable.Of)
            .Named("get_trial_balance", "Add up all accounts",
                "By the first part of their names: what is in each, and that all of it comes to "
                + "nothing. With billing, the books are the company's: what it has and is owed are "
                + "debits. Reads every account.")
            .Knows([QueryParameter.On, .. Common])
            .Gives<TrialBalance>(200, "The trial balance.")
            .DisableRequestTimeout();
        Map(ledger, "income", call => call.Ledger.Reports.GetProfitAndLossAsync(
                Day(call, "from"), Day(call, "to"), call.Text("asset"), call.Stop),
                ReportTable.Of)
            .Named("get_profit_and_loss", "Read what billing earned",
                "In some days, by value date: revenue and the like without tax, less write-offs.")
            .Knows(Days)
            .Gives<ProfitAndLoss>(200, "The profit or loss.");
        Map(ledger, "ageing", call => call.Ledger.Reports.GetAgeingAsync(
                call.Text("asset"), call.Stop), ReportTable.Of)
            .Named("get_ageing", "Read who owes what, and since when",
                "As of today in the seller's time zone, as the statements of all customers have "
                + "it. What is dated later counts as not due yet.")
            .Knows(Common)
            .Gives<AgeingReport>(200, "The debts by age.");
        Map(ledger, "vat", call => call.Ledger.Reports.GetVatAsync(
                Day(call, "from"), Day(call, "to"), call.Text("asset"), call.Stop),
                ReportTable.Of)
            .Named("get_vat", "Read the tax of each month",
                "By rate and value date, as it is owed to the tax office: of invoices less credit "
                + "notes and cash discounts, and of deposits when they are paid. Whole months.")
            .Knows(Days)
            .Gives<VatReport>(200, "The tax.");
    }

    private static RouteHandlerBuilder Map<T>(IEndpointRouteBuilder ledger, string name,
        Func<LedgerCall, Task<T>> make, Func<T, ReportTable> tableOf)
        where T : class => ledger.Read($"/reports/{name}", async call =>
        {
            _ = call.Ledger;
            var format = call.Word("format", "json", "csv");
            var report = await call.InTurnAsync(WorkKind.Export, () => make(call))
                .ConfigureAwait(false);
            var isCsv = format is null
                ? call.Context.Request.Headers.Accept.ToString()
                    .StartsWith(Csv, StringComparison.OrdinalIgnoreCase)
                : format == "csv";
            return isCsv ? TypedResults.Bytes(Write(tableOf(report)), $"{Csv}; charset=utf-8",
                $"{name}.csv") : Routes.Json(report);
        });

    private static byte[] Write(ReportTable table)
    {
        using var file = new MemoryStream();
        using (var writer = CsvWriter.Create(file, new CsvWriterOptions { NewLine = "\n" },
            leaveOpen: true))
        {
            writer.WriteRecord([.. table.Columns.Select(
                column => column.TrimEnd('>').Replace(' ', '_').ToLowerInvariant())]);
            foreach (var row in table.Rows)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    // Amounts below zero are numbers, and only names are anybody's words.
                    if (table.Columns[i].EndsWith('>')) writer.WriteField(row[i]);
                    else CsvFormulas.Write(writer, row[i]);
                }
                writer.EndRecord();
            }
            writer.Flush();
        }
        return file.ToArray();
    }

    private static DateOnly Day(LedgerCall call, string name) => call.ValueDay(name)
        ?? throw new InvalidRequestException(name, "is missing; the report is of some days");
}
