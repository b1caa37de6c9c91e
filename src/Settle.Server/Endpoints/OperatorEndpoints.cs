using Microsoft.AspNetCore.Http.HttpResults;

namespace Settle.Server;

/// <summary><c>/health</c> and <c>/metrics</c>: for whoever runs servers</summary>
internal static class OperatorEndpoints
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Status("live"))
            .Named("health_live", "Whether the server runs", "Needs no key.")
            .Gives<HealthStatus>(200, "It does.");
        app.MapGet("/health/ready", Ready)
            .Named("health_ready", "Whether every ledger is open and works", "Needs no key.")
            .Gives<HealthStatus>(200, "It is.")
            .Refuses(503);
        app.MapGet("/metrics", Metrics).For(ApiRole.Reader)
            .Named("metrics", "Read the metrics",
                "In the text format of Prometheus. Needs a key for all ledgers.")
            .GivesText("text/plain", "The metrics.")
            .Finally(LedgerAccess.Require);
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

    private static ContentHttpResult Metrics(PrometheusMetrics metrics)
    {
        var text = new StringBuilder();
        metrics.Write(text);
        return TypedResults.Text(text.ToString(), PrometheusText);
    }

    private static IResult Status(string status) =>
        Routes.Json(new HealthStatus(status));
}
