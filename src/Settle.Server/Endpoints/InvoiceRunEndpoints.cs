using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/invoice-runs</c></summary>
internal static class InvoiceRunEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/invoice-runs", CreateAsync).For(ApiRole.Teller)
            .Named("invoice", "Invoice what is open",
            "One invoice per customer and asset for all charges up to a day that no invoice "
                + "bills. Repeating it with its id answers the same, also while it is under way. "
                + "A customer that cannot be invoiced is in `parked`, with the reason.")
            .Takes<InvoiceRunRequest>(BillingExamples.Run)
            .Gives<InvoiceRun>(200, "What it made; of a dry run what it would make.")
            .Refuses(400, 409, 413, 415, 422)
            .DisableRequestTimeout();

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        InvoiceRuns runs, string ledger)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var run = await runs
            .RunAsync(target, BillingBodies.Run(body.Span), context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(run, WireJson.Compact.InvoiceRun);
    }
}
