using System.Globalization;
using System.Text;

namespace Settle.Server;

/// <summary><c>/metrics</c>: for Prometheus</summary>
internal static class MetricsEndpoint
{
    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", WriteAsync).For(ApiRole.Reader)
            .Named("metrics", "Read the metrics",
            "In the text format of Prometheus. Needs a key for all ledgers.")
            .GivesText("text/plain", "The metrics.");

    private static async Task<IResult> WriteAsync(HttpContext context, LedgerHost host,
        PrometheusMetrics metrics)
    {
        var text = new StringBuilder();
        metrics.Write(text);
        var ledgers = new List<LedgerInfo>();
        foreach (var ledger in host.All)
            ledgers.Add(await ledger.GetInfoAsync(context.RequestAborted).ConfigureAwait(false));
        Write(text, "height", "Height of the newest block", ledgers, ledger => ledger.Height);
        Write(text, "entries", "Entries of the chain", ledgers, ledger => ledger.Entries);
        Write(text, "accounts", "Accounts that exist", ledgers, ledger => ledger.Accounts);
        text.Append("# HELP settle_ready Whether every ledger is open and works\n")
            .Append("# TYPE settle_ready gauge\nsettle_ready ")
            .Append(host.IsReady ? '1' : '0').Append('\n');
        return TypedResults.Text(text.ToString(), MediaType);
    }

    private static void Write(StringBuilder text, string name, string help,
        List<LedgerInfo> ledgers,
        Func<LedgerInfo, long> value)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"# HELP settle_ledger_{name} {help}\n# TYPE settle_ledger_{name} gauge\n");
        foreach (var ledger in ledgers)
            text.Append(CultureInfo.InvariantCulture,
            $"settle_ledger_{name}{{ledger=\"{ledger.Name}\"}} {value(ledger)}\n");
    }
}
