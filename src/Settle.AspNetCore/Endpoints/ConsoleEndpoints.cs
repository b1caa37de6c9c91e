using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Settle.Server;

/// <summary><c>/</c>: the page for people</summary>
internal static class ConsoleEndpoints
{
    private const string Place = "<div id=\"app\">";

    /// <summary>Tells the page that a host has mounted it, which knows its own users.</summary>
    private const string MountedPlace = "<div id=\"app\" data-mounted>";

    private static readonly (string Address, string File, string MediaType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/app.css", "app.css", "text/css; charset=utf-8"),
        ("/app.js", "app.js", "text/javascript; charset=utf-8"),
        ("/verify.js", "verify.js", "text/javascript; charset=utf-8"),
        ("/favicon.svg", "favicon.svg", "image/svg+xml"),
    ];

    /// <param name="app">What the page's addresses are below.</param>
    /// <param name="isWholeServer">
    /// Whether there are sessions, letters, metrics and the like, and anybody may see the page.
    /// </param>
    public static void Map(IEndpointRouteBuilder app, bool isWholeServer)
    {
        foreach (var (address, file, mediaType) in Files)
        {
            var bytes = Read(file);
            if (address == "/" && !isWholeServer)
                bytes = Mounted(bytes);
            var tag =
                new EntityTagHeaderValue(
                $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\"");
            var page = app.MapGet(address, IResult (HttpContext context) =>
            {
                // The page's own addresses are relative to it.
                if (address == "/" && !context.Request.Path.Value!.EndsWith('/'))
                    return TypedResults.LocalRedirect($"~{context.Request.Path}/");
                // Asked for each time, sent only when it has changed: a new version is seen at
                // once.
                context.Response.Headers.CacheControl = "no-cache";
                return TypedResults.File(bytes, mediaType, entityTag: tag);
            }).ExcludeFromDescription();
            if (isWholeServer) page.AllowAnonymous();
        }
    }

    private static byte[] Mounted(byte[] page) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(page).Replace(Place, MountedPlace, StringComparison.Ordinal));

    private static byte[] Read(string file)
    {
        using var stream =
            typeof(ConsoleEndpoints).Assembly.GetManifestResourceStream($"wwwroot/{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
