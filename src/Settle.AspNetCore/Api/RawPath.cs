using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Settle.Server;

/// <summary>
/// The path as it was sent, still percent-encoded. Decoded before, a name with <c>/</c>,
/// <c>%</c> or <c>..</c> in it could not be told from the path around it.
/// </summary>
internal static class RawPath
{
    public static string Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = target.IndexOf('?');
        if (query >= 0) target = target[..query];
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
        {
            var path = target[(scheme + 3)..].IndexOf('/');
            target = path < 0 ? "/" : target[(scheme + 3 + path)..];
        }
        return target.ToString();
    }

    /// <summary>Puts names into a route as they were sent, where an app has decoded them.</summary>
    public static void Restore(HttpContext context, RoutePattern pattern)
    {
        var sent = Of(context).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var before = sent.Length - pattern.PathSegments.Count;
        for (var i = 0; before >= 0 && i < pattern.PathSegments.Count; i++)
        {
            if (pattern.PathSegments[i].Parts is [RoutePatternParameterPart name])
                context.Request.RouteValues[name.Name] = sent[before + i];
        }
    }
}
