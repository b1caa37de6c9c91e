using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Settle.Server;

/// <summary>
/// Who calls: the owner of the key in <c>Authorization: Bearer sk_...</c>, or of the one that the
/// session in a cookie was begun with. A cookie counts only where no key is sent.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    IServiceProvider services)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    /// <summary>
    /// Whoever reaches a server without keys; the guard lets only this machine's programs in.
    /// </summary>
    private static readonly ApiKey Local =
        new() { Name = "local", Sha256 = "", Role = ApiRole.Admin, Ledgers = ["*"] };

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var ring = services.GetService<KeyRing>();
        if (ring is null) return Task.FromResult(Success(Local));
        if (Request.Headers.Authorization.Count == 0) return Task.FromResult(OfCookie());
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (ring.Find(header[Bearer.Length..].Trim()) is not { } key)
            return Task.FromResult(AuthenticateResult.Fail("unknown key"));
        Context.Features.Set(key);
        return Task.FromResult(Success(key.Key));
    }

    private AuthenticateResult OfCookie()
    {
        if (SessionCookie.Find(Request) is not { } token) return AuthenticateResult.NoResult();
        if (!PageOrigin.MayUseCookie(Request)) return AuthenticateResult.Fail("another page");
        if (services.GetRequiredService<Sessions>().Find(token) is not { } session)
            return AuthenticateResult.Fail("the session is over");
        Context.Features.Set(session);
        Context.Features.Set(session.Key);
        return Success(session.Key.Key);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (services.GetService<KeyRing>() is { IsClosed: true })
            return ProblemResult.WriteAsync(Context, ProblemMaker.KeysUnavailable());
        var isCookie = Request.Headers.Authorization.Count == 0
            && SessionCookie.Find(Request) is not null;
        if (isCookie && !PageOrigin.MayUseCookie(Request))
            return ProblemResult.WriteAsync(Context, ProblemMaker.From(PageOrigin.Denial())!);
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return ProblemResult.WriteAsync(Context, ProblemMaker.Make("unauthorized",
            isCookie ? "the session is over; sign in again"
            : Request.Headers.Authorization.Count == 0
                ? "send your key in the header Authorization: Bearer sk_..."
                : "this key is not known here"));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemResult.WriteAsync(Context,
            ProblemMaker.Make("forbidden", LedgerAccess.Denial(Context)));

    private AuthenticateResult Success(ApiKey key)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, key.Name)], Scheme.Name);
        Context.Features.Set(key);
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
