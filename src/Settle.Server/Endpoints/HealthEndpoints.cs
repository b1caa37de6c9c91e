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
            .Named("health_ready", "Whether every ledger is open and works", "Needs no key.")
            .Gives<HealthStatus>(200, "It is.")
            .Refuses(503);
    }

    /// <exception cref="StoreUnavailableException">They are still being opened.</exception>
    /// <exception cref="StoreCorruptException">A ledger has stopped; the log says why.</exception>
    private static IResult Ready(LedgerHost host)
    {
        if (host.IsReady) return Status("ready");
        var stopped = host.Stopped.ToList();
        if (stopped.Count == 0)
            throw new StoreUnavailableException("the ledgers are not all open");
        throw new StoreCorruptException(
            $"stopped: {string.Join(", ", stopped.Select(ledger => $"'{ledger.Name}'"))}; "
            + "the log says why; run 'settle verify' on the file, then start the server again",
            stopped[0].Fatal);
    }

    private static IResult Status(string status) =>
        Routes.Json(new HealthStatus(status));
}
