namespace Settle.Server;

/// <summary>
/// Ends what a key has begun when it is revoked: a stream of events would go on for ever.
/// </summary>
internal sealed class RevocationGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<KeyInForce>() is not { } key)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var ending = key.Revoked.UnsafeRegister(
            static context => ((HttpContext)context!).Abort(), context);
        await using (ending.ConfigureAwait(false)) await next(context).ConfigureAwait(false);
    }
}
