using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;

namespace Settle.Server;

/// <summary><c>/v1/session</c>: signing in, for the page</summary>
internal static class SessionEndpoints
{
    private const string Example = """{"key":"sk_..."}""";

    private const string Answer =
        """{"needs_key":true,"name":"anna","role":"teller","ledgers":["bank"]}""";

    private const long BodyBytesMax = 4096;
    private const int WrongKeysMax = 100;

    private static readonly TimeSpan WrongKeysIn = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        // Keys cannot be guessed; whoever tries is slowed down all the same.
        var guesses = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new()
                {
                    PermitLimit = WrongKeysMax, Window = WrongKeysIn, QueueLimit = 0,
                }));
        app.MapPost("/v1/session",
            (Func<HttpContext, Task<IResult>>)(context => BeginAsync(context, guesses)))
            .AllowAnonymous()
            .Named("sign_in", "Sign in",
                "Begins a session: a cookie then stands for the key, which scripts cannot read. It "
                + "may do what the key may, from the server's own page. It ends when it is ended, "
                + "two hours after the last request in it, when the key is removed or changed, and "
                + "when the server stops. Needs no other key. A server without keys asks for none, "
                + "and sets no cookie.")
            .Takes<SessionBody>(Example)
            .Gives<SessionInfo>(201, "Who is signed in now.", Answer)
            .Refuses(400, 401, 403, 413, 415, 429, 503);
        app.MapGet("/v1/session", (Func<HttpContext, IResult>)(context => Routes.Json(Of(context))))
            .AllowAnonymous()
            .Named("get_session", "Read who is signed in",
                "By the cookie, or by the key in the header; and whether there are keys at all. "
                + "Needs no key.")
            .Gives<SessionInfo>(200, "Who asks; no name if nobody is signed in.", Answer);
        app.MapDelete("/v1/session", (Func<HttpContext, IResult>)End)
            .AllowAnonymous()
            .Named("sign_out", "Sign out",
                "Ends the session, and what is under way in it, such as streams of events. Needs "
                + "no key.")
            .Gives<SessionInfo>(200, "Nobody is signed in now.", """{"needs_key":true}""")
            .Refuses(403);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context, PartitionedRateLimiter<HttpContext> guesses)
    {
        if (!PageOrigin.MaySign(context.Request)) throw PageOrigin.Denial();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = BodyBytesMax;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var secret = Bodies.Read<SessionBody>(body.Span).Key;
        if (context.RequestServices.GetService<KeyRing>() is not { } ring)
            return Routes.Json(Of(context), StatusCodes.Status201Created);
        if (ring.IsClosed) return new ProblemResult(ProblemMaker.KeysUnavailable());
        if (string.IsNullOrWhiteSpace(secret))
            throw new InvalidRequestException("key", "is missing; send the key, sk_...");
        // Behind a proxy all have one address: who has a right key waits for nobody's wrong ones.
        if (ring.Find(secret.Trim()) is not { } key)
        {
            using var guess = guesses.AttemptAcquire(context);
            return new ProblemResult(guess.IsAcquired
                ? ProblemMaker.Make("unauthorized", "this key is not known here; check that it is "
                    + "whole (sk_...), or ask for another one")
                : ProblemMaker.Make("too_many_requests",
                    "too many wrong keys came from your address; try again in a minute"));
        }
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        if (SessionCookie.Find(context.Request) is { } before) sessions.End(before);
        SessionCookie.Set(context, sessions.Begin(key));
        context.Features.Set(key.Key);
        return Routes.Json(Of(context), StatusCodes.Status201Created);
    }

    private static IResult End(HttpContext context)
    {
        if (!PageOrigin.MaySign(context.Request)) throw PageOrigin.Denial();
        if (context.RequestServices.GetService<Sessions>() is not { } sessions)
            return Routes.Json(Of(context));
        if (SessionCookie.Find(context.Request) is { } token)
        {
            sessions.End(token);
            SessionCookie.Clear(context);
        }
        return Routes.Json(new SessionInfo(NeedsKey: true));
    }

    private static SessionInfo Of(HttpContext context)
    {
        var needsKey = context.RequestServices.GetService<KeyRing>() is not null;
        return context.Features.Get<ApiKey>() is not { } key ? new SessionInfo(needsKey)
            : new SessionInfo(needsKey)
            {
                Name = key.Name,
                Role = key.Role.ToString().ToLowerInvariant(),
                Ledgers = key.Ledgers,
            };
    }
}
