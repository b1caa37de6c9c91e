namespace Settle.Server;

/// <summary><c>/charges</c></summary>
internal static class ChargeEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("customer", "string", "Only charges of this customer.", "dave"),
        new("uninvoiced", "string", "`true`: only those that no invoice bills; `false`: only "
            + "those that one does.", "true"),
        new("from", "string", "Of this day or later.", "2026-10-01"),
        new("to", "string", "Of this day or before.", "2036-10-31"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<ChargeRequest, Charge>("/charges",
            (call, body) => call.Billing.ChargeAsync(body, call.Stop))
            .Named("charge", "Record something to be billed",
                "An amount, or a quantity and its unit price. The next run invoices it, once.")
            .Takes<ChargeRequest>(BillingExamples.Charge)
            .Gives<Charge>(201, "The charge.");
        ledger.Batch("/charges/batch", CreateBatchAsync)
            .Named("charge_batch", "Record many charges",
                "Decides each by itself, in order; at most 10 000. "
                + "One malformed charge refuses the whole batch, and nothing is decided.")
            .Takes<ChargeRequest[]>(BillingExamples.ChargeBatch)
            .MayBeShort()
            .Gives<BatchVerdict[]>(200, "One verdict per charge, in the same order.");
        ledger.List("/charges", ListAsync)
            .Named("list_charges", "List charges", "Oldest first.")
            .Knows(ListParameters)
            .Gives<Page<Charge>>(200, "A page of charges.");
        ledger.Find("/charges/{id}", "charge",
            call => call.Billing.GetChargeAsync(call["id"], call.Stop))
            .Named("get_charge", "Read a charge", "With the invoice that bills it.")
            .Gives<Charge>(200, "The charge, successful or rejected.");
        ledger.On(HttpMethods.Delete, "/charges/{id}", ApiRole.Teller, async call => Routes.Json(
            await call.Billing.WithdrawAsync(
                call["id"], IdempotencyKey.OfBodiless(call), call.Stop)
                .WaitAsync(call.Stop).ConfigureAwait(false)))
            .Named("withdraw_charge", "Withdraw a charge",
                "For ever, unless an invoice bills it already. Repeating it is harmless.")
            .Knows(new QueryParameter("id", "string",
                "The id of this request, decided once; a new one if absent.", "w-1"))
            .TakesId()
            .Gives<Charge>(200, "The charge, withdrawn.")
            .Refuses(400, 409, 422);
    }

    private static async Task CreateBatchAsync(LedgerCall call, RequestBody body)
    {
        BatchEndpoint.CheckKey(call);
        var requests = Bodies.ReadBatch<ChargeRequest>(body.Span, "charges");
        // Whoever did not choose the ids has to learn them.
        var knowsIds = Array.TrueForAll(requests, request => request.Id is not null);
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests[i].Id is not null) continue;
            requests[i] = requests[i] with { Id = FreshIds.Next() };
        }
        var verdicts = await call.Billing.ChargeBatchAsync(requests, call.Stop)
            .WaitAsync(call.Stop).ConfigureAwait(false);
        await BatchEndpoint.AnswerAsync(
            call, Array.ConvertAll(requests, request => request.Id!), knowsIds, verdicts)
            .ConfigureAwait(false);
    }

    private static Task<Page<Charge>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListChargesAsync(new ChargeQuery
        {
            Customer = call.Text("customer"),
            From = call.Day("from"),
            To = call.Day("to"),
            Uninvoiced = call.Flag("uninvoiced"),
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }
}
