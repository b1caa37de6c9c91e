using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/transactions</c></summary>
internal static class TransactionEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/transactions", CreateAsync).For(ApiRole.Teller)
            .Named("transact", "Make several postings at once", "All or nothing, under one id. "
                + "Floors and ceilings count after all of them.")
            .Takes<TransactionRequest>(Examples.Transaction)
            .Gives<Transaction>(201, "The transaction was made.")
            .Gives<Transaction>(200, "It had been made before, under this id.")
            .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var transaction =
            await target.TransactAsync(Bodies.Transaction(body.Span), context.RequestAborted)
                .WaitAsync(context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(transaction, WireJson.Compact.Transaction,
            Answers.Status(transaction.Replayed));
    }
}
