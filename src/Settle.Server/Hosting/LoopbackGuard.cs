using System.Collections.Frozen;
using System.Net;

namespace Settle.Server;

/// <summary>
/// A server without keys trusts whoever reaches it, so only this machine's own programs may: no web
/// page from elsewhere, not even one whose name was pointed at this address (DNS rebinding).
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    private static readonly FrozenSet<string> ProxyHeaders = FrozenSet.ToFrozenSet(
        ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP",
            "X-Original-Host", "X-Original-For", "X-ProxyUser-Ip", "True-Client-IP",
            "CF-Connecting-IP", "Fastly-Client-IP", "Proxy-Connection"],
        StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from))
            throw Forbidden($"{from} is not this machine; start the server with --keys");
        if (request.Headers.Keys.FirstOrDefault(IsOfProxy) is { } header)
            throw Forbidden($"the header {header} says that a proxy passes this request on, and a "
                + "server without keys serves its own machine only; start it with --keys");
        if (!IsLoopback(request.Host.Host))
            throw Forbidden(
            "the header Host must name this machine: localhost, 127.0.0.1 or [::1]");
        if (request.Headers.Origin is { Count: > 0 } origin
            && !origin.ToString()
            .Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            throw Forbidden("a web page from elsewhere may not use this server");
        }
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site
            && site.ToString() is not ("same-origin" or "none") && !IsVisit(request))
        {
            throw Forbidden("a web page from elsewhere may not use this server");
        }
        return next(context);
    }

    /// <summary>Whether a header is one that proxies add.</summary>
    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || ProxyHeaders.Contains(header);

    /// <summary>Whether a host's name is this machine's own.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host is "127.0.0.1" or "[::1]" or "::1";

    /// <summary>Somebody follows a link to the console, as people may.</summary>
    private static bool IsVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value is "/"
        && request.Headers["Sec-Fetch-Mode"].ToString() == "navigate"
        && request.Headers["Sec-Fetch-Dest"].ToString() == "document";

    private static HttpProblemException Forbidden(string message) => new("forbidden", message);
}
