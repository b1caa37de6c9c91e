namespace Settle.Server;

/// <summary><c>/seller</c> and <c>/customers</c></summary>
internal static class PartyEndpoints
{
    private static readonly QueryParameter[] StatementParameters =
    [
        new("asset", "string", "The asset; the customer's if absent.", "USD"),
        new("from", "string", "The first day; the beginning if absent.", "2026-01-01"),
        new("to", "string", "The last day; today if absent.", "2036-12-31"),
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Put<SellerRequest, Seller>("/seller",
            (call, body) => call.Billing.PutSellerAsync(body, call.Stop))
            .Named("set_seller", "Set who sends the invoices",
                "With the tax rates and the series of numbers. Applies to future invoices.")
            .Takes<SellerRequest>(BillingExamples.Seller)
            .Gives<Seller>(200, "The seller.");
        ledger.Find("/seller", "seller", call => call.Billing.GetSellerAsync(call.Stop))
            .Named("get_seller", "Read who sends the invoices", "As it was last set.")
            .Gives<Seller>(200, "The seller.");
        ledger.Post<CustomerRequest, Customer>("/customers",
            (call, body) => call.Billing.PutCustomerAsync(body, call.Stop))
            .Named("make_customer", "Create or replace a customer",
                "Name and address are kept outside the chain and can be erased.")
            .Takes<CustomerRequest>(BillingExamples.Customer)
            .Gives<Customer>(201, "The customer.");
        ledger.Put<CustomerBody, Customer>("/customers/{customer}", (call, body) =>
            call.Billing.PutCustomerAsync(body.For(call["customer"]), call.Stop), ApiRole.Teller)
            .Named("put_customer", "Create or replace a customer",
                "The same as POST, with the customer in the address.")
            .Takes<CustomerBody>(BillingExamples.CustomerBody)
            .Gives<Customer>(200, "The customer.");
        ledger.List("/customers", call => call.Billing.ListCustomersAsync(call.Page, call.Stop))
            .Named("list_customers", "List customers", "Ordered by id.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Customer>>(200, "A page of customers.");
        ledger.Find("/customers/{customer}", "customer",
            call => call.Billing.GetCustomerAsync(call["customer"], call.Stop))
            .Named("get_customer", "Read a customer", "Without a name once that was erased.")
            .Gives<Customer>(200, "The customer.");
        ledger.On(HttpMethods.Delete, "/customers/{customer}", ApiRole.Admin, EraseAsync)
            .Named("erase_customer", "Erase a customer's name and address",
                "For ever. Amounts stay, and issued invoices keep their own copy.")
            .Gives<Customer>(200, "What is left.")
            .Refuses(400);
        ledger.Find("/customers/{customer}/statement", "customer", call =>
            call.Billing.GetStatementAsync(call["customer"], call.Text("asset"), call.Day("from"),
                call.Day("to"), call.Stop))
            .Named("get_statement", "Read what a customer owes",
                "Invoices, credit notes and payments, the balance after each, and how long "
                + "the debt has been due.")
            .Knows(StatementParameters)
            .Gives<Statement>(200, "The statement.");
    }

    private static async Task<IResult> EraseAsync(LedgerCall call)
    {
        // Sent again later, it would erase what was put since.
        IdempotencyKey.CheckAbsent(call.Context.Request,
            "is the id of a request, and an erasure has none; leave it out");
        return Routes.Json(await call.Billing.EraseCustomerAsync(call["customer"], call.Stop)
            .WaitAsync(call.Stop).ConfigureAwait(false));
    }
}
