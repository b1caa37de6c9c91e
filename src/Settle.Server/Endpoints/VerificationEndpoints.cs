namespace Settle.Server;

/// <summary><c>/verification</c></summary>
internal static class VerificationEndpoints
{
    private const string Example =
        """{"state":"done","height":42,"blocks":42,"entries":977,"accounts":31,"fault_count":0}""";

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Get("/verification", call => Task.FromResult(StateOf(call)))
            .Named("get_verification", "Read what was checked of the chain",
                "By this server since it started: each block was made again from its requests, and "
                + "compared byte for byte. Whoever does not trust the server reads the blocks.")
            .Gives<VerificationState>(200, "How far it is, or what it found.", Example);
        ledger.On(HttpMethods.Post, "/verification", ApiRole.Reader, async call =>
        {
            _ = call.Ledger;
            return Routes.Json(await call.Service<Verifications>()
                .StartAsync(call.LedgerName, call.Stop).ConfigureAwait(false));
        })
            .Named("verify", "Check the chain",
                "Begins to, beside everything else, and answers at once; GET tells how far it is. "
                + "Asked again meanwhile, it goes on. One ledger of a server is checked at a time.")
            .Gives<VerificationState>(200, "It is under way.");
    }

    private static VerificationState StateOf(LedgerCall call)
    {
        _ = call.Ledger;
        return call.Service<Verifications>().Of(call.LedgerName);
    }
}
