namespace Settle.Server;

/// <summary><c>/transfers</c> and <c>/transactions</c></summary>
internal static class TransferEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("account", "string", "Only transfers from or to this account.", "Alex"),
        new("status", "string", "Only `successful` or only `rejected` ones.", "successful"),
        new("from", "string", "Decided at this time or later, RFC 3339.", "2026-11-21T00:00:00Z"),
        new("to", "string", "Decided before this time, RFC 3339.", "2036-11-22T00:00:00Z"),
        QueryParameter.OnFrom,
        QueryParameter.OnTo,
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<TransferRequest>("/transfers", CreateAsync)
            .Named("transfer", "Move money",
                "Decides one transfer. The same id is decided once, for ever. With `dry_run` it "
                + "only says what would be decided: what becomes of the balances, or why not. Then "
                + "nothing is recorded, and the id stays free.")
            .Takes<TransferRequest>(Examples.Transfer)
            .TakesWait()
            .Gives<Transfer>(201, "The transfer was made.", Examples.DecidedTransfer)
            .Gives<Transfer>(200, "It was decided before, under this id; or a dry run.");
        ledger.Batch("/transfers/batch", BatchEndpoint.CreateAsync)
            .Named("transfer_batch", "Decide many transfers",
                "Decides each by itself, in order; at most 10 000. "
                + "One malformed transfer refuses the whole batch, and nothing is decided.")
            .Takes<TransferRequest[]>(Examples.TransferBatch)
            .MayBeShort()
            .Gives<BatchVerdict[]>(200, "One verdict per transfer, in the same order.",
                Examples.Verdicts);
        ledger.List("/transfers", ListAsync)
            .Named("list_transfers", "List transfers", "Newest first.")
            .Knows(ListParameters)
            .Gives<Page<Transfer>>(200, "A page of transfers.");
        ledger.Find("/transfers/{id}", "transfer",
            call => call.Ledger.GetTransferAsync(call["id"], call.Stop))
            .Named("get_transfer", "Read a transfer",
                "Or what a capture or the revert of a transfer moved.")
            .Gives<Transfer>(200, "The transfer, successful or rejected.",
                Examples.DecidedTransfer);
        ledger.Post<RevertBody, Transaction>("/transfers/{id}/revert",
            (call, body) => call.Ledger.RevertAsync(body.For(call["id"]), call.Stop))
            .Named("revert", "Revert a transfer",
                "Makes the opposite of a transfer, capture or transaction. With an amount it is of "
                + "a part; all parts together are never more than the whole.")
            .Takes<RevertBody>(Examples.Revert)
            .Gives<Transaction>(201, "It was reverted.");
        ledger.Post<TransactionRequest>("/transactions", TransactAsync)
            .Named("transact", "Make several postings at once",
                "All or nothing, under one id. Limits are checked after all of them. With "
                + "`dry_run` it only says what would be decided, as for a transfer.")
            .Takes<TransactionRequest>(Examples.Transaction)
            .TakesWait()
            .Gives<Transaction>(201, "The transaction was made.")
            .Gives<Transaction>(200, "It was decided before, under this id; or a dry run.");
    }

    private static async Task<IResult> TransactAsync(LedgerCall call, TransactionRequest request)
    {
        var made = await call.Ledger.TransactAsync(
            request with { Wait = Preferences.WaitOf(call) }, call.Stop)
            .WaitAsync(call.Stop).ConfigureAwait(false);
        return Routes.Json(made, Routes.Status(made.Replayed || made.DryRun));
    }

    private static async Task<IResult> CreateAsync(LedgerCall call, TransferRequest request)
    {
        if (Preferences.WaitOf(call) is { } wait) request = request with { Wait = wait };
        try
        {
            var transfer = await call.Ledger.TransferAsync(request, call.Stop)
                .WaitAsync(call.Stop).ConfigureAwait(false);
            return Routes.Json(transfer, Routes.Status(transfer.Replayed || transfer.DryRun));
        }
        catch (RejectedException e)
        {
            var recorded = e.Block == 0 ? null
                : await call.Ledger.GetTransferAsync(e.Id, call.Stop).ConfigureAwait(false);
            if (recorded is not null) recorded = recorded with { Replayed = e.Replayed };
            return new ProblemResult(ProblemMaker.From(e)! with { Transfer = recorded });
        }
    }

    private static Task<Page<Transfer>> ListAsync(LedgerCall call)
    {
        var (ledger, page) = (call.Ledger, call.Page);
        return ledger.ListTransfersAsync(new TransferQuery
        {
            Account = call.Text("account"),
            Status = call.Word<EntryStatus>("status"),
            From = call.Time("from"),
            To = call.Time("to"),
            OnFrom = call.ValueDay("on_from"),
            OnTo = call.ValueDay("on_to"),
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }
}
