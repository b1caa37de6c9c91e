using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace Settle.Server;

/// <summary><c>/</c>: the page for people</summary>
internal static partial class ConsoleEndpoints
{
    private static readonly (string Address, string File, string MediaType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/app.css", "app.css", "text/css; charset=utf-8"),
        ("/app.js", "app.js", "text/javascript; charset=utf-8"),
        ("/billing.js", "billing.js", "text/javascript; charset=utf-8"),
        ("/favicon.svg", "favicon.svg", "image/svg+xml"),
    ];

    /// <param name="app">What the page's addresses are below.</param>
    /// <param name="isWholeServer">
    /// Whether there are metrics and the like to link to, and anybody may see the page.
    /// </param>
    public static void Map(IEndpointRouteBuilder app, bool isWholeServer)
    {
        foreach (var (address, file, mediaType) in Files)
        {
            var bytes = Read(file);
            if (address == "/" && !isWholeServer)
                bytes = Encoding.UTF8.GetBytes(Links.Replace(Encoding.UTF8.GetString(bytes), ""));
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

    [GeneratedRegex("<footer>.*</noscript>", RegexOptions.Singleline)]
    private static partial Regex Links { get; }

    private static byte[] Read(string file)
    {
        using var stream =
            typeof(ConsoleEndpoints).Assembly.GetManifestResourceStream($"wwwroot/{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
