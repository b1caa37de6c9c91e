using Microsoft.AspNetCore.Authorization;

namespace Settle.Server;

/// <summary><c>/v1/session</c> in a host: who asks, by the host's own word</summary>
internal static class HostSessionEndpoint
{
    // Those that a page shows buttons for, the one that may do most first.
    private static readonly ApiRole[] Roles = [ApiRole.Admin, ApiRole.Teller, ApiRole.Reader];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/session", (Func<HttpContext, Task<IResult>>)ReadAsync)
            .Named("get_session", "Read who is signed in",
                "In the app that serves the ledgers: its own users, and what its policies let "
                + "them do.")
            .Gives<SessionInfo>(200, "Who asks.");

    private static async Task<IResult> ReadAsync(HttpContext context) =>
        Routes.Json(new SessionInfo(NeedsKey: false)
        {
            Name = context.User.Identity?.Name,
            Role = await RoleAsync(context).ConfigureAwait(false),
            Ledgers = [.. SettleApi.Of(context).Ledgers.All.Select(ledger => ledger.Name)],
        });

    // Whom a host lets in without a policy of its own may do all.
    private static async Task<string?> RoleAsync(HttpContext context)
    {
        var policies = context.GetEndpoint()!.Metadata.GetMetadata<RolePolicies>();
        var host = context.RequestServices.GetService<IAuthorizationService>();
        foreach (var role in Roles)
        {
            if (policies is null || host is null || (await host.AuthorizeAsync(
                context.User, context, policies.Of(role)).ConfigureAwait(false)).Succeeded)
                return role.ToString().ToLowerInvariant();
        }
        return null;
    }
}
