using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/seller</c></summary>
internal static class SellerEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPut("/seller", PutAsync).For(ApiRole.Admin)
            .Named("set_seller", "Set who sends the invoices",
            "With the tax rates and the series of numbers; counts for the invoices to come.")
            .Takes<SellerRequest>(BillingExamples.Seller)
            .Gives<Seller>(200, "The seller.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapGet("/seller", GetAsync).For(ApiRole.Reader)
            .Named("get_seller", "Read who sends the invoices", "As it was set last.")
            .Gives<Seller>(200, "The seller.")
            .Refuses(400);
    }

    private static async Task<IResult> PutAsync(HttpContext context, LedgerHost host, string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var seller = await target
            .SetSellerAsync(BillingBodies.Seller(body.Span), context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(seller, WireJson.Compact.Seller);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger)
    {
        var seller = await host.Get(ledger).Billing.GetSellerAsync(context.RequestAborted)
            .ConfigureAwait(false)
            ?? throw new NotFoundException("no seller was set; PUT one here");
        return Answers.Json(seller, WireJson.Compact.Seller);
    }
}
