using Settle.Bank;
using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/bank-statements</c></summary>
internal static class BankStatementEndpoints
{
    private static readonly QueryParameter Post = new("post", "string",
        "`false` shows only what would be posted.", "false");

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/bank-statements", CreateAsync).For(ApiRole.Teller)
            .Named("post_bank_statement", "Post a bank statement",
            "A camt.053 file. Lines that surely pay an invoice are posted, each once however often "
                + "the file is sent; of the others it says what they may be.")
            .Knows(Post)
            .TakesXml(BillingExamples.BankStatement)
            .Gives<BankReport>(200, "What became of its lines.")
            .Refuses(400, 413, 415, 422);

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadXmlAsync(context).ConfigureAwait(false);
        using var file = new MemoryStream(body.Span.ToArray());
        var report = await new BankImport(target)
            .RunAsync(file, Query.Flag(context, "post") ?? true, null, context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(report, WireJson.Compact.BankReport);
    }
}
