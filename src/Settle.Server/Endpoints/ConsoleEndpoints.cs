using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Settle.Server;

/// <summary><c>/</c>: the page for people</summary>
internal static class ConsoleEndpoints
{
    private static readonly (string Address, string File, string MediaType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/app.css", "app.css", "text/css; charset=utf-8"),
        ("/app.js", "app.js", "text/javascript; charset=utf-8"),
        ("/billing.js", "billing.js", "text/javascript; charset=utf-8"),
        ("/favicon.svg", "favicon.svg", "image/svg+xml"),
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (address, file, mediaType) in Files)
        {
            var bytes = Read(file);
            var tag =
                new EntityTagHeaderValue(
                $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\"");
            app.MapGet(address, (HttpContext context) =>
            {
                // Asked for each time, sent only when it has changed: a new version is seen at
                // once.
                context.Response.Headers.CacheControl = "no-cache";
                return TypedResults.File(bytes, mediaType, entityTag: tag);
            }).ExcludeFromDescription();
        }
    }

    private static byte[] Read(string file)
    {
        using var stream =
            typeof(ConsoleEndpoints).Assembly.GetManifestResourceStream($"wwwroot/{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
