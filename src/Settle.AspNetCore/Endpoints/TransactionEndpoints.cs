namespace Settle.Server;

/// <summary><c>/transactions</c></summary>
internal static class TransactionEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.Post<TransactionRequest, Transaction>("/transactions",
            (call, body) => call.Ledger.TransactAsync(body, call.Stop))
            .Named("transact", "Make several postings at once",
                "All or nothing, under one id. Limits are checked after all of them.")
            .Takes<TransactionRequest>(Examples.Transaction)
            .Gives<Transaction>(201, "The transaction was made.");
}
