using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/health</c>: for whoever starts and stops servers</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Status("live"))
            .Named("health_live", "Whether the server runs", "Needs no key.")
            .Gives<HealthStatus>(200, "It does.");
        app.MapGet("/health/ready", Ready)
            .Named("health_ready", "Whether every ledger is open", "Needs no key.")
            .Gives<HealthStatus>(200, "It is.");
    }

    private static IResult Ready(LedgerHost host) => host.IsReady
        ? Status("ready")
        : new ProblemResult(
        ProblemMaker.From(new StoreUnavailableException("the ledgers are not all open"))!);

    private static IResult Status(string status) =>
        Answers.Json(new HealthStatus(status), WireJson.Compact.HealthStatus);
}
