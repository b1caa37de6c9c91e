using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/charges</c></summary>
internal static class ChargeEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("customer", "string", "Only charges of this customer.", "dave"),
        new("uninvoiced", "string", "`true`: only those that no invoice bills; `false`: only "
            + "those that one does.", "true"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPost("/charges", CreateAsync).For(ApiRole.Teller)
            .Named("charge", "Record something to be billed",
            "An amount, or a quantity and its unit price. The next run invoices it, once.")
            .Takes<ChargeRequest>(BillingExamples.Charge)
            .Gives<Charge>(201, "The charge.")
            .Gives<Charge>(200, "It had been recorded before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapPost("/charges/batch", CreateBatchAsync).For(ApiRole.Teller)
            .Named("charge_batch", "Record many charges",
            "Decides each by itself, in order; at most 10 000. "
                + "One malformed charge refuses the whole batch, and nothing is decided.")
            .Takes<ChargeRequest[]>(BillingExamples.ChargeBatch)
            .Gives<BatchVerdict[]>(200, "One verdict per charge, in the same order.")
            .Refuses(400, 413, 415);
        ledger.MapGet("/charges", ListAsync).For(ApiRole.Reader)
            .Named("list_charges", "List charges", "Oldest first.")
            .Knows(ListParameters)
            .Gives<Page<Charge>>(200, "A page of charges.")
            .Refuses(400);
        ledger.MapGet("/charges/{id}", GetAsync).For(ApiRole.Reader)
            .Named("get_charge", "Read a charge", "With the invoice that bills it.")
            .Gives<Charge>(200, "The charge, successful or rejected.")
            .Refuses(400);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var charge = await target
            .ChargeAsync(ChargeBodies.Charge(body.Span), context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(charge, WireJson.Compact.Charge, Answers.Status(charge.Replayed));
    }

    private static async Task<IResult> CreateBatchAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var requests = ChargeBodies.Batch(body.Span);
        for (var i = 0; i < requests.Length; i++)
            if (requests[i].Id is null)
                requests[i] = requests[i] with { Id = Guid.CreateVersion7().ToString("N") };
        var verdicts = await target.ChargeBatchAsync(requests, context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = "application/json";
        BatchWire.WriteVerdicts(context.Response.BodyWriter,
            Array.ConvertAll(requests, request => request.Id!), verdicts);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var page = Query.Page(context);
        var charges = await host.Get(ledger).Billing.ListChargesAsync(new ChargeQuery
        {
            Customer = Query.Text(context, "customer"),
            Uninvoiced = Query.Flag(context, "uninvoiced"),
            Limit = page.Limit,
            After = page.After,
        }, context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(charges, WireJson.Compact.PageCharge);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string id)
    {
        var name = PathNames.Decode(id, "id");
        var charge = await host.Get(ledger).Billing.GetChargeAsync(name, context.RequestAborted)
            .ConfigureAwait(false)
            ?? throw new NotFoundException($"no charge '{name}' has been decided");
        return Answers.Json(charge, WireJson.Compact.Charge);
    }
}
