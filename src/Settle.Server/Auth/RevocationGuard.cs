namespace Settle.Server;

/// <summary>
/// Ends what a key or a session has begun when it is over: a stream of events would go on for ever.
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
        var ending = AbortOn(key.Revoked, context);
        var leaving = AbortOn(
            context.Features.Get<Session>()?.Ended ?? CancellationToken.None, context);
        await using (ending.ConfigureAwait(false))
        await using (leaving.ConfigureAwait(false))
            await next(context).ConfigureAwait(false);
    }

    private static CancellationTokenRegistration AbortOn(
        CancellationToken end, HttpContext context) => end.UnsafeRegister(
            static context => ((HttpContext)context!).Abort(), context);
}
