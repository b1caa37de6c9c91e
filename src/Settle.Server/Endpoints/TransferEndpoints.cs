using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/transfers</c></summary>
internal static class TransferEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("account", "string", "Only transfers from or to this account.", "Alex"),
        new("status", "string", "Only `successful` or only `rejected` ones.", "successful"),
        new("from", "string", "Decided at this time or later, RFC 3339.", "2026-11-21T00:00:00Z"),
        new("to", "string", "Decided before this time, RFC 3339.", "2036-11-22T00:00:00Z"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPost("/transfers", CreateAsync).For(ApiRole.Teller)
            .Named("transfer", "Move money",
            "Decides one transfer. The same id is decided once, for ever.")
            .Takes<TransferRequest>(Examples.Transfer)
            .Gives<Transfer>(201, "The transfer was made.", Examples.DecidedTransfer)
            .Gives<Transfer>(200, "It had been made before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapPost("/transfers/batch", BatchEndpoint.CreateAsync).For(ApiRole.Teller)
            .Named("transfer_batch", "Decide many transfers",
            "Decides each by itself, in order; at most 10 000. "
                + "One malformed transfer refuses the whole batch, and nothing is decided.")
            .Takes<TransferRequest[]>(Examples.TransferBatch)
            .Gives<BatchVerdict[]>(200, "One verdict per transfer, in the same order.",
            Examples.Verdicts)
            .Refuses(400, 413, 415);
        ledger.MapGet("/transfers", ListAsync).For(ApiRole.Reader)
            .Named("list_transfers", "List transfers", "Newest first.")
            .Knows(ListParameters)
            .Gives<Page<Transfer>>(200, "A page of transfers.")
            .Refuses(400);
        ledger.MapGet("/transfers/{id}", GetAsync).For(ApiRole.Reader)
            .Named("get_transfer", "Read a transfer",
            "Also what a capture or a revert of a transfer moved.")
            .Gives<Transfer>(200, "The transfer, successful or rejected.", Examples.DecidedTransfer)
            .Refuses(400);
        ledger.MapPost("/transfers/{id}/revert", RevertAsync).For(ApiRole.Teller)
            .Named("revert", "Revert a transfer",
            "Makes the opposite of a transfer, capture or transaction, once.")
            .Takes<IdBody>(Examples.Id)
            .Gives<Transaction>(201, "It was reverted.")
            .Gives<Transaction>(200, "It had been reverted before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        HttpMetrics metrics,
        string ledger)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var request = Bodies.Transfer(body.Span);
        try
        {
            var transfer = await target.TransferAsync(request, context.RequestAborted)
                .WaitAsync(context.RequestAborted)
                .ConfigureAwait(false);
            metrics.Decided(ledger, RefusalCode.None, 1);
            return Answers.Json(transfer, WireJson.Compact.Transfer,
                Answers.Status(transfer.Replayed));
        }
        catch (RejectedException e)
        {
            metrics.Decided(ledger, e.Refusal, 1);
            return await Answers.RejectedTransferAsync(target, e, context.RequestAborted)
                .ConfigureAwait(false);
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var page = Query.Page(context);
        var query = new TransferQuery
        {
            Account = Query.Text(context, "account"),
            Status = Query.Text(context, "status") switch
            {
                null or "successful" or "rejected" => Query.Text(context, "status"),
                _ => throw new InvalidRequestException("status",
                "must be 'successful' or 'rejected'"),
            },
            From = Query.Time(context, "from"),
            To = Query.Time(context, "to"),
            Limit = page.Limit,
            After = page.After,
        };
        var transfers = await host.Get(ledger).ListTransfersAsync(query, context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(transfers, WireJson.Compact.PageTransfer);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string id)
    {
        var name = PathNames.Decode(id, "id");
        var transfer = await host.Get(ledger).GetTransferAsync(name, context.RequestAborted)
            .ConfigureAwait(false)
            ?? throw new NotFoundException($"no transfer '{name}' has been decided");
        return Answers.Json(transfer, WireJson.Compact.Transfer);
    }

    private static async Task<IResult> RevertAsync(HttpContext context, LedgerHost host,
        string ledger, string id)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var request =
            new RevertRequest { Id = Bodies.Id(body.Span),
            Reverts = PathNames.Decode(id, "reverts") };
        var revert = await target.RevertAsync(request, context.RequestAborted)
                .WaitAsync(context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(revert, WireJson.Compact.Transaction, Answers.Status(revert.Replayed));
    }
}
