namespace Settle.Server;

/// <summary>What every answer says to browsers.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    public static void Add(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Lets the console, and nobody else's page, show a letter beside its data.</summary>
    public static void LetConsoleShow(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy.Replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal);
        headers.XFrameOptions = "SAMEORIGIN";
    }
}
