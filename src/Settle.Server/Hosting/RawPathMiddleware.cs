using Microsoft.AspNetCore.Http.Features;

namespace Settle.Server;

/// <summary>
/// Lets routing see the path as it was sent, still percent-encoded. Decoded before, a name with
/// <c>/</c>, <c>%</c> or <c>..</c> in it could not be told from the path around it.
/// </summary>
internal sealed class RawPathMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
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
        if (target.StartsWith("/")) context.Request.Path = new PathString(target.ToString());
        return next(context);
    }
}
