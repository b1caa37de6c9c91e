namespace Settle.Server;

/// <summary><c>/accounts</c> and <c>/balances</c></summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Put<AccountBody, Account>("/accounts/{account}",
            (call, body) => call.Ledger.PutAccountAsync(body.For(call["account"]), call.Stop))
            .Named("open_account", "Open an account or change its limits",
                "Fields you leave out keep their values.")
            .Takes<AccountBody>(Examples.Account)
            .Gives<Account>(200, "The account with its limits and balances.",
                Examples.OpenedAccount);
        ledger.List("/accounts", call => call.Ledger.ListAccountsAsync(call.Page, call.Stop))
            .Named("list_accounts", "List accounts", "Ordered by name.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Account>>(200, "A page of accounts.");
        ledger.Find("/accounts/{account}", "account",
            call => call.Ledger.GetAccountAsync(call["account"], call.At, call.Stop))
            .Named("get_account", "Read an account",
                "Now, or as it was at a height or a time, or by value date.")
            .Knows(QueryParameter.At, QueryParameter.On)
            .Gives<Account>(200, "The account with its limits and balances.",
                Examples.OpenedAccount);
        ledger.List("/accounts/{account}/entries",
            call => call.Ledger.ListEntriesAsync(call["account"], new EntryQuery
            {
                OnFrom = call.ValueDay("on_from"), OnTo = call.ValueDay("on_to"),
                Limit = call.Page.Limit, After = call.Page.After,
            }, call.Stop))
            .Named("list_account_entries", "List an account's movements",
                "In the order of the chain, newest first, each with the balance after it.")
            .Knows(QueryParameter.OnFrom, QueryParameter.OnTo, QueryParameter.Limit,
                QueryParameter.After)
            .Gives<Page<AccountEntry>>(200, "A page of movements.");
        ledger.List("/balances", call => call.Ledger.ListBalancesAsync(
            new BalanceQuery
            {
                At = call.At, Prefix = call.Text("prefix"), Limit = call.Page.Limit,
                After = call.Page.After,
            }, call.Stop))
            .Named("list_balances", "List every balance",
                "Of all accounts in all assets, ordered by name; now, as they were at a height "
                + "or a time, or by value date. All pages are of the moment of the first.")
            .Knows(QueryParameter.At, QueryParameter.On, QueryParameter.Prefix,
                QueryParameter.Limit,
                QueryParameter.After)
            .Gives<Page<Balance>>(200, "A page of balances.");
    }
}
