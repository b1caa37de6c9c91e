using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Settle.Server;

/// <summary><c>/metrics</c>: for Prometheus</summary>
internal static class MetricsEndpoint
{
    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", Write).For(ApiRole.Reader)
            .Named("metrics", "Read the metrics",
            "In the text format of Prometheus. Needs a key for all ledgers.")
            .GivesText("text/plain", "The metrics.");

    private static ContentHttpResult Write(PrometheusMetrics metrics)
    {
        var text = new StringBuilder();
        metrics.Write(text);
        return TypedResults.Text(text.ToString(), MediaType);
    }
}
