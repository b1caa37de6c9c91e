namespace Settle.Server;

/// <summary>
/// The cookie with a session's token. Scripts cannot read it, and no other site's page sends it.
/// </summary>
internal static class SessionCookie
{
    private const string Name = "settle_session";

    /// <summary>The token that a request brings; null for none.</summary>
    public static string? Find(HttpRequest request) => request.Cookies[NameFor(request)];

    public static void Set(HttpContext context, string token) =>
        context.Response.Cookies.Append(
            NameFor(context.Request), token, OptionsFor(context.Request));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), OptionsFor(context.Request));

    // A browser has one set of cookies for all ports of a host.
    private static string NameFor(HttpRequest request) => request.Host.Port is { } port
        ? string.Create(CultureInfo.InvariantCulture, $"{Name}_{port}") : Name;

    private static CookieOptions OptionsFor(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        // What ends the encryption may stand before the server; the page knows its own address.
        Secure = request.IsHttps || PageOrigin.IsSecure(request),
        Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
        IsEssential = true,
    };
}
