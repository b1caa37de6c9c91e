using System.Collections.Frozen;
using System.Net;

namespace Settle.Server;

/// <summary>
/// A server without keys trusts whoever reaches it, so only this machine's own programs may: no web
/// page from elsewhere, not even one whose name was pointed at this address (DNS rebinding).
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    // Some proxies write '_' for '-', which is the same to many programs behind them.
    private static readonly FrozenSet<string> ProxyHeaders = FrozenSet.ToFrozenSet(
        ["Via", "X-Via", "X-Host", "X-Scheme", "X-Nginx-Proxy", "X-Cloud-Trace-Context", "CDN-Loop",
            "Front-End-Https", "Surrogate-Capability", "Remote-Addr", "Remote-User",
            "Remote-Name", "Remote-Email", "Remote-Groups", "X-User", "X-Email", "X-Groups"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ProxyPrefixes =
        ["Forward", "X-Forward", "X-Original-", "X-Rewrite-", "X-Real-", "X-Client-", "X-Cluster-",
            "X-Remote-", "X-Source-", "X-Proxy", "Proxy-", "X-Envoy-", "X-Amzn-", "X-Amz-Cf-",
            "X-Azure-", "X-AppEngine-", "X-ARR-", "X-Vercel-", "X-Akamai-", "Akamai-", "CF-",
            "CloudFront-", "Fastly-", "Fly-", "X-Varnish", "X-BlueCoat-", "X-Sucuri-", "X-NF-",
            "Tailscale-", "Ngrok-", "X-Auth-Request-", "X-Authentik-", "X-Goog-", "X-MS-Client-",
            "X-Pomerium-", "X-Teleport-", "X-Vouch-", "X-Webauth-", "Cloudflare-", "X-Tunnel-"];

    private static readonly string[] ProxySuffixes =
        ["Client-IP", "Connecting-IP", "Real-IP", "Forwarded-For", "Connection-IP"];

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
    private static bool IsOfProxy(string header)
    {
        var name = header.Replace('_', '-');
        return ProxyHeaders.Contains(name)
            || ProxyPrefixes.Any(each => name.StartsWith(each, StringComparison.OrdinalIgnoreCase))
            || ProxySuffixes.Any(each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase));
    }

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
