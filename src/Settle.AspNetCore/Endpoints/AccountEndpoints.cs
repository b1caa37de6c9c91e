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
        ledger.List("/accounts", ListAsync)
            .Named("list_accounts", "List accounts",
                "Ordered by name, or the newest first. Where few have the words in their names, a "
                + "page ends before it is full.")
            .Knows(QueryParameter.Prefix, new("words", "string",
                "Only accounts that have each of these words in their name, or in that of an "
                + "owner.", "al"), new("sort", "string",
                "`name`, or `newest` for those that came last first.", "name"),
                QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Account>>(200, "A page of accounts.");
        ledger.Find("/accounts/{account}", "account",
            call => call.Ledger.GetAccountAsync(call["account"], call.At, call.Stop))
            .Named("get_account", "Read an account",
                "Now, or as it was at a height or a time, or by value date.")
            .Knows(QueryParameter.At, QueryParameter.On)
            .Gives<Account>(200, "The account with its limits and balances.",
                Examples.OpenedAccount);
        ledger.Read("/accounts/{account}/history", async call => Routes.Json(
            await call.InTurnAsync(WorkKind.List, () => PointsAsync(call)).ConfigureAwait(false)
                ?? throw new NotFoundException($"there is no account '{call["account"]}'")))
            .Named("get_account_points", "Read an account's history as points",
                "Its balance at the end of each day or month, by value date, as a chart shows it; "
                + "400 points at most. Without days it is the last 30 days, or 12 months.")
            .Knows(new("from", "string", "The first day.", "2026-11-01"),
                new("to", "string", "The last day; today if absent.", "2026-11-30"),
                new("by", "string", "`day`, or `month` for the last day of each month.", "day"),
                new("asset", "string", "The asset; the ledger's default if absent.", "USD"))
            .Gives<AccountPoints>(200, "The points, oldest first.");
        ledger.List("/accounts/{account}/entries",
            call => call.Ledger.ListEntriesAsync(call["account"], new EntryQuery
            {
                OnFrom = call.ValueDay("on_from"), OnTo = call.ValueDay("on_to"),
                From = call.Time("from"), To = call.Time("to"),
                Limit = call.Page.Limit, After = call.Page.After,
            }, call.Stop))
            .Named("list_account_entries", "List an account's movements",
                "In the order of the chain, newest first, each with the balance after it.")
            .Knows(QueryParameter.OnFrom, QueryParameter.OnTo,
                new("from", "string", "Recorded at this time or later, RFC 3339.",
                    "2026-11-21T00:00:00Z"),
                new("to", "string", "Recorded before this time, RFC 3339.",
                    "2036-11-22T00:00:00Z"),
                QueryParameter.Limit, QueryParameter.After)
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

    private static Task<Page<Account>> ListAsync(LedgerCall call)
    {
        var (ledger, page) = (call.Ledger, call.Page);
        return ledger.ListAccountsAsync(new AccountQuery
        {
            Prefix = call.Text("prefix"),
            Words = call.Text("words"),
            Sort = call.Word<AccountSort>("sort") ?? AccountSort.Name,
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }

    private static Task<AccountPoints?> PointsAsync(LedgerCall call) =>
        call.Ledger.GetPointsAsync(call["account"], new PointQuery
        {
            Asset = call.Text("asset"),
            From = call.ValueDay("from"),
            To = call.ValueDay("to"),
            By = call.Word<PointInterval>("by") ?? PointInterval.Day,
        }, call.Stop);
}
