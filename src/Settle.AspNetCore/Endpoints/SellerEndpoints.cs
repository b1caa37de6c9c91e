namespace Settle.Server;

/// <summary><c>/seller</c></summary>
internal static class SellerEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Put<SellerRequest, Seller>("/seller",
            (call, body) => call.Billing.SetSellerAsync(body, call.Stop))
            .Named("set_seller", "Set who sends the invoices",
                "With the tax rates and the series of numbers. Applies to future invoices.")
            .Takes<SellerRequest>(BillingExamples.Seller)
            .Gives<Seller>(200, "The seller.");
        ledger.Find("/seller", "seller", call => call.Billing.GetSellerAsync(call.Stop))
            .Named("get_seller", "Read who sends the invoices", "As it was last set.")
            .Gives<Seller>(200, "The seller.");
    }
}
