namespace Settle.Server;

/// <summary><c>/holds</c></summary>
internal static class HoldEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("account", "string", "Only holds from or to this account.", "Dave"),
        new("ends_before", "string", "Only holds that expire before this time, RFC 3339.",
            "2036-11-22T00:00:00Z"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<HoldRequest>("/holds", CreateAsync)
            .Named("hold", "Reserve money",
                "The money stays where it is and is no longer available.")
            .Takes<HoldRequest>(Examples.Hold)
            .TakesWait()
            .Gives<Hold>(201, "The money is held.")
            .Gives<Hold>(200, "It was decided before, under this id.");
        ledger.List("/holds", ListAsync)
            .Named("list_holds", "List open holds",
                "In the order in which they end; those that never do come last.")
            .Knows(ListParameters)
            .Gives<Page<Hold>>(200, "A page of open holds.");
        ledger.Find("/holds/{id}", "hold", call => call.Ledger.GetHoldAsync(call["id"], call.Stop))
            .Named("get_hold", "Read a hold", "With what became of it.")
            .Gives<Hold>(200, "The hold, successful or rejected.");
        ledger.Post<CaptureBody, Transfer>("/holds/{id}/capture",
            (call, body) => call.Ledger.CaptureAsync(body.For(call["id"]), call.Stop))
            .Named("capture", "Move held money", "All of it, or a part, which frees the rest.")
            .Takes<CaptureBody>(Examples.Capture)
            .Gives<Transfer>(201, "The transfer that moved it.");
        ledger.Post<VoidBody, Hold>("/holds/{id}/void",
            (call, body) => call.Ledger.VoidAsync(body.For(call["id"]), call.Stop))
            .Named("void", "Free held money", "The hold ends without moving anything.")
            .Takes<VoidBody>(Examples.Void)
            .Gives<Hold>(201, "The money is free.");
    }

    private static Task<Page<Hold>> ListAsync(LedgerCall call)
    {
        var (ledger, page) = (call.Ledger, call.Page);
        return ledger.ListHoldsAsync(new HoldQuery
        {
            Account = call.Text("account"),
            EndsBefore = call.Time("ends_before"),
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }

    private static async Task<IResult> CreateAsync(LedgerCall call, HoldRequest request)
    {
        if (Preferences.WaitOf(call) is { } wait) request = request with { Wait = wait };
        try
        {
            var hold = await call.Ledger.HoldAsync(request, call.Stop).WaitAsync(call.Stop)
                .ConfigureAwait(false);
            return Routes.Json(hold, Routes.Status(hold.Replayed));
        }
        catch (RejectedException e)
        {
            var recorded = e.Block == 0 ? null
                : await call.Ledger.GetHoldAsync(e.Id, call.Stop).ConfigureAwait(false);
            if (recorded is not null) recorded = recorded with { Replayed = e.Replayed };
            return new ProblemResult(ProblemMaker.From(e)! with { Hold = recorded });
        }
    }
}
