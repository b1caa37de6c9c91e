using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/customers</c></summary>
internal static class CustomerEndpoints
{
    private static readonly QueryParameter[] StatementParameters =
    [
        new("asset", "string", "The asset; the customer's if absent.", "USD"),
        new("from", "string", "The first day; the beginning if absent.", "2026-01-01"),
        new("to", "string", "The last day; today if absent.", "2036-12-31"),
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPost("/customers", CreateAsync).For(ApiRole.Teller)
            .Named("make_customer", "Make a customer or replace one",
            "Name and address are kept outside the chain and can be erased.")
            .Takes<CustomerRequest>(BillingExamples.Customer)
            .Gives<Customer>(201, "The customer.")
            .Gives<Customer>(200, "It had been made before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapPut("/customers/{customer}", PutAsync).For(ApiRole.Teller)
            .Named("put_customer", "Make a customer or replace one",
            "The same as POST, with the customer in the address.")
            .Takes<CustomerBody>(BillingExamples.CustomerBody)
            .Gives<Customer>(200, "The customer.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapGet("/customers", ListAsync).For(ApiRole.Reader)
            .Named("list_customers", "List customers", "In the order of their ids.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Customer>>(200, "A page of customers.")
            .Refuses(400);
        ledger.MapGet("/customers/{customer}", GetAsync).For(ApiRole.Reader)
            .Named("get_customer", "Read a customer", "Without a name once that was erased.")
            .Gives<Customer>(200, "The customer.")
            .Refuses(400);
        ledger.MapDelete("/customers/{customer}", EraseAsync).For(ApiRole.Admin)
            .Named("erase_customer", "Erase a customer's name and address",
            "For ever. Amounts stay, and issued invoices keep their own copy.")
            .Gives<Customer>(200, "What is left.")
            .Refuses(400);
        ledger.MapGet("/customers/{customer}/statement", StatementAsync).For(ApiRole.Reader)
            .Named("get_statement", "Read what a customer owes",
            "Invoices, credit notes and payments, the balance after each, and the debt's age.")
            .Knows(StatementParameters)
            .Gives<Statement>(200, "The statement.")
            .Refuses(400);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var customer = await target
            .PutCustomerAsync(BillingBodies.Customer(body.Span), context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(customer, WireJson.Compact.Customer, Answers.Status(customer.Replayed));
    }

    private static async Task<IResult> PutAsync(HttpContext context, LedgerHost host, string ledger,
        string customer)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var request = BillingBodies.Customer(body.Span, PathNames.Decode(customer, "customer"));
        var put = await target.PutCustomerAsync(request, context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(put, WireJson.Compact.Customer);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var page = await host.Get(ledger).Billing
            .ListCustomersAsync(Query.Page(context), context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(page, WireJson.Compact.PageCustomer);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string customer)
    {
        var name = PathNames.Decode(customer, "customer");
        var found = await host.Get(ledger).Billing
            .GetCustomerAsync(name, context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(found ?? throw Unknown(name), WireJson.Compact.Customer);
    }

    private static async Task<IResult> EraseAsync(HttpContext context, LedgerHost host,
        string ledger, string customer)
    {
        var name = PathNames.Decode(customer, "customer");
        var erased = await host.Get(ledger).Billing
            .EraseCustomerAsync(name, context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(erased, WireJson.Compact.Customer);
    }

    private static async Task<IResult> StatementAsync(HttpContext context, LedgerHost host,
        string ledger, string customer)
    {
        var name = PathNames.Decode(customer, "customer");
        var statement = await host.Get(ledger).Billing.GetStatementAsync(name,
            Query.Text(context, "asset"), Query.Day(context, "from"), Query.Day(context, "to"),
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(statement ?? throw Unknown(name), WireJson.Compact.Statement);
    }

    private static NotFoundException Unknown(string customer) =>
        new($"there is no customer '{customer}'");
}
