using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/accounts</c> and <c>/balances</c></summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPut("/accounts/{account}", PutAsync).For(ApiRole.Admin)
            .Named("open_account", "Open an account or change its terms",
            "What is absent stays as it is.")
            .Takes<AccountBody>(Examples.Account)
            .Gives<Account>(200, "The account with its terms and balances.", Examples.OpenedAccount)
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapGet("/accounts", ListAsync).For(ApiRole.Reader)
            .Named("list_accounts", "List accounts", "In the order of their names.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Account>>(200, "A page of accounts.")
            .Refuses(400);
        ledger.MapGet("/accounts/{account}", GetAsync).For(ApiRole.Reader)
            .Named("get_account", "Read an account", "Now, or as it was at a height or a time.")
            .Knows(QueryParameter.At)
            .Gives<Account>(200, "The account with its terms and balances.", Examples.OpenedAccount)
            .Refuses(400);
        ledger.MapGet("/accounts/{account}/entries", EntriesAsync).For(ApiRole.Reader)
            .Named("list_account_entries", "List an account's movements",
                "Newest first, each with the balance after it.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<AccountEntry>>(200, "A page of movements.")
            .Refuses(400);
        ledger.MapGet("/balances", BalancesAsync).For(ApiRole.Reader)
            .Named("list_balances", "List every balance", "Of all accounts in all assets.")
            .Knows(QueryParameter.At)
            .Gives<Page<Balance>>(200, "All balances; `next` is always null.")
            .Refuses(400);
    }

    private static async Task<IResult> PutAsync(HttpContext context, LedgerHost host, string ledger,
        string account)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var request = Bodies.Account(body.Span, PathNames.Decode(account, "account"));
        var opened = await target.OpenAccountAsync(request, context.RequestAborted)
                .WaitAsync(context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(opened, WireJson.Compact.Account);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var page = await host.Get(ledger)
            .ListAccountsAsync(Query.Page(context), context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(page, WireJson.Compact.PageAccount);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string account)
    {
        var name = PathNames.Decode(account, "account");
        var found = await host.Get(ledger)
            .GetAccountAsync(name, Query.At(context), context.RequestAborted)
            .ConfigureAwait(false) ?? throw new NotFoundException($"there is no account '{name}'");
        return Answers.Json(found, WireJson.Compact.Account);
    }

    private static async Task<IResult> EntriesAsync(HttpContext context, LedgerHost host,
        string ledger,
        string account)
    {
        var page = await host.Get(ledger).ListEntriesAsync(PathNames.Decode(account, "account"),
            Query.Page(context), context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(page, WireJson.Compact.PageAccountEntry);
    }

    private static async Task<IResult> BalancesAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var balances = await host.Get(ledger)
            .ListBalancesAsync(Query.At(context), context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(new Page<Balance>(balances, null), WireJson.Compact.PageBalance);
    }
}
