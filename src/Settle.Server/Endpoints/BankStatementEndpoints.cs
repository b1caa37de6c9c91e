using Settle.Bank;

namespace Settle.Server;

/// <summary><c>/bank-statements</c></summary>
internal static class BankStatementEndpoints
{
    private static readonly string[] Types =
        [RequestBody.Xml, "application/zip", RequestBody.Bytes];

    private static readonly QueryParameter Post = new("post", "string",
        "`false` shows what would be posted, and posts nothing.", "false");

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.On(HttpMethods.Post, "/bank-statements", ApiRole.Teller, CreateAsync)
            .Named("post_bank_statement", "Match a bank statement to open invoices",
                "A file of the bank's: camt.052, camt.053 or camt.054, MT940, or a ZIP archive of "
                + "these. Sure matches are posted, never twice: payments of open invoices, and "
                + "charge-backs of payments that the bank took back. The rest is listed with "
                + "suggestions.")
            .Knows(Post)
            .TakesFile(Types, BillingExamples.BankStatement)
            .Gives<BankReport>(200, "What became of each line.")
            .Refuses(400, 413, 415, 422);

    private static async Task<IResult> CreateAsync(LedgerCall call)
    {
        var import = new BankImport(call.Ledger);
        using var body = await RequestBody.ReadFileAsync(call.Context, Types).ConfigureAwait(false);
        var posts = call.Flag("post") ?? true;
        return Routes.Json(await call.InTurnAsync(WorkKind.BankStatement, async () =>
        {
            using var file = body.Open();
            return await import.RunAsync(file, posts, null, call.Stop).ConfigureAwait(false);
        }).ConfigureAwait(false));
    }
}
