namespace Settle.Server;

/// <summary><c>/overview</c> and <c>/search</c></summary>
internal static class OverviewEndpoints
{
    private const int LimitDefault = 10;
    private const int LimitMost = 100;

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Get("/overview", call => call.InTurnAsync(WorkKind.List,
            () => call.Billing.GetOverviewAsync(call.Text("asset"), call.Stop)))
            .Named("get_overview", "Read how the business is doing",
                "What is owed, overdue and to be invoiced, the holds that end today, and what was "
                + "billed and received in each of the last twelve months. All in one asset.")
            .Knows(new QueryParameter("asset", "string",
                "The asset; the ledger's default if absent.", "USD"))
            .Gives<Overview>(200, "The overview.");
        ledger.Get("/search", call => call.InTurnAsync(WorkKind.List, () => SearchAsync(call)))
            .Named("search", "Search everywhere",
                "For an id or a number, or for words, in any order, in small letters or capitals: "
                + "in the names of accounts and their owners, in names and ids of customers, in "
                + "numbers of invoices, quotes and reminders and whose they are, and in memos. In "
                + "large ledgers only the newest are looked at, as `is_complete` tells.")
            .Knows(new QueryParameter("q", "string", "What to look for.", "alex"),
                new QueryParameter("limit", "integer",
                    "At most this many of each type, 1 to 100; 10 if absent.", "10"))
            .Gives<SearchResult>(200, "What was found.");
    }

    private static Task<SearchResult> SearchAsync(LedgerCall call) =>
        call.Ledger.SearchAsync(new SearchQuery
        {
            Text = call.Text("q")
                ?? throw new InvalidRequestException("q", "is missing; name what to look for"),
            Limit = call.Text("limit") is { } limit
                ? (int)Parse.Integer("limit", limit, 1, LimitMost) : LimitDefault,
        }, call.Stop);
}
