namespace Settle.Server;

/// <summary>Lets routing see the path as it was sent; see <see cref="RawPath"/>.</summary>
internal sealed class RawPathMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = RawPath.Of(context);
        if (path.StartsWith('/')) context.Request.Path = new PathString(path);
        return next(context);
    }
}
