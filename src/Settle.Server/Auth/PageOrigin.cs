namespace Settle.Server;

/// <summary>
/// Which page a browser sends a request for. Pages cannot set these headers; their browser does.
/// </summary>
internal static class PageOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>
    /// Whether a cookie counts: what changes something has to come from the server's own page, and
    /// what only reads from no other one.
    /// </summary>
    public static bool MayUseCookie(HttpRequest request) => IsSafe(request)
        ? request.Headers[FetchSite].ToString() is "" or "same-origin" or "none"
        : IsOwn(request) == true;

    /// <summary>Whether it may sign in or out: the server's own page, or no page at all.</summary>
    public static bool MaySign(HttpRequest request) => IsOwn(request) != false;

    /// <summary>Whether the page came over an encrypted connection.</summary>
    public static bool IsSecure(HttpRequest request) =>
        request.Headers.Origin.ToString().StartsWith("https://", StringComparison.Ordinal);

    public static HttpProblemException Denial() => new("forbidden",
        "a web page from elsewhere may not use this session; only the server's own page may, whose "
        + "browser sends Sec-Fetch-Site: same-origin, or Origin with the address of the server");

    // Null where neither header says anything, as from programs.
    private static bool? IsOwn(HttpRequest request)
    {
        if (request.Headers[FetchSite] is { Count: > 0 } site)
            return site.ToString() == "same-origin";
        if (request.Headers.Origin is not { Count: > 0 } origin) return null;
        // A proxy in front may have ended the encryption; the other way round there is none.
        return IsSame(origin.ToString(), request.Scheme, request.Host.Value)
            || IsSame(origin.ToString(), Uri.UriSchemeHttps, request.Host.Value);
    }

    private static bool IsSame(string origin, string scheme, string? host) =>
        origin.Equals($"{scheme}://{host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
}
