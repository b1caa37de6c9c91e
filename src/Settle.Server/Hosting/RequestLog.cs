namespace Settle.Server;

/// <summary>
/// One line per request: what was asked, of which ledger, by whose key, with which result. Never
/// the key, the query or the names in the address.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock,
    ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = clock.GetTimestamp();
        await next(context).ConfigureAwait(false);
        LogRequest(log, context.Request.Method,
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
            LedgerOf(context), context.Features.Get<ApiKey>()?.Name, context.Response.StatusCode,
            clock.GetElapsedTime(start).TotalMilliseconds);
    }

    private static string? LedgerOf(HttpContext context) =>
        context.GetRouteValue("ledger") is string name && LedgerNames.IsValid(name) ? name : null;

    [LoggerMessage(LogLevel.Information,
        "{Method} {Route} on {Ledger} by {Key}: {Status} in {Milliseconds} ms")]
    private static partial void LogRequest(ILogger logger, string method, string? route,
        string? ledger,
        string? key, int status, double milliseconds);
}
