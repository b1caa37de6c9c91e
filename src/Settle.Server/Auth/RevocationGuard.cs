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
        var ending = AbortOn(context, key.Revoked);
        var leaving = AbortOn(
            context, context.Features.Get<Session>()?.Ended ?? CancellationToken.None);
        await using (ending.ConfigureAwait(false))
        await using (leaving.ConfigureAwait(false))
            await next(context).ConfigureAwait(false);
    }

    private static CancellationTokenRegistration AbortOn(
        HttpContext context, CancellationToken end) => end.UnsafeRegister(
            static context => ((HttpContext)context!).Abort(), context);
}
