using Microsoft.AspNetCore.Http.HttpResults;

namespace Settle.Server;

/// <summary><c>/health</c> and <c>/metrics</c>: for whoever runs servers</summary>
internal static class OperatorEndpoints
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Status("live"))
            .AllowAnonymous()
            .Named("health_live", "Whether the server runs", "Needs no key.")
            .Gives<HealthStatus>(200, "It does.");
        app.MapGet("/health/ready", Ready)
            .AllowAnonymous()
            .Named("health_ready", "Whether every ledger is open and can be written",
                "Needs no key. It also shows that a file of keys cannot be read; the log says why. "
                + "Other sites' servers that are away are counted; this one stays ready.")
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
    private static async Task<IResult> Ready(LedgerHost host, CancellationToken cancellation)
    {
        if (host.HasKeysFault) return new ProblemResult(ProblemMaker.KeysUnavailable());
        var obstacles = await host.FindObstaclesAsync(cancellation).ConfigureAwait(false);
        if (obstacles.Count == 0)
            return Routes.Json(new HealthStatus("ready") { PeersAway = host.PeersAway });
        var names = string.Join(", ", obstacles.Select(each => $"'{each.Ledger.Name}'"));
        var (ledger, first) = obstacles.MaxBy(each => each.Ledger.Fatal is not null);
        if (ledger.Fatal is not null)
        {
            throw new StoreCorruptException($"stopped: {names}; the log says why; "
                + "run 'settle verify' on the file, then start the server again", first);
        }
        // Who is not ready is unavailable, whatever a writer is answered.
        var code = ProblemTable.Of(first.Code).Status == StatusCodes.Status503ServiceUnavailable
            ? first.Code : ProblemMaker.Unavailable;
        return new ProblemResult(ProblemMaker.Make(
            code, $"nothing can be written to {names}; the log says why"));
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
