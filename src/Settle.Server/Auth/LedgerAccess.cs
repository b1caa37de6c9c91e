using Microsoft.AspNetCore.Authorization;

namespace Settle.Server;

/// <summary>
/// A role on the ledger that the address names; on all of them when it names none.
/// </summary>
internal sealed class LedgerAccess(ApiRole role, bool anyLedger = false)
    : AuthorizationHandler<LedgerAccess>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context,
        LedgerAccess requirement)
    {
        if (context.Resource is HttpContext http && http.Features.Get<ApiKey>() is { } key
            && Includes(key.Role)
            && (anyLedger || key.Opens(http.GetRouteValue("ledger") as string)))
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }

    /// <summary>
    /// Asks for the role that an endpoint names. The API's list of ledgers is for the keys of any;
    /// what else names no ledger is for those of all.
    /// </summary>
    public static void Require(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ApiRole>().ToList() is not [var role]) return;
        var anyLedger = endpoint.Metadata.OfType<SettleApi>().Any()
            && ((RouteEndpointBuilder)endpoint).RoutePattern.GetParameter("ledger") is null;
        endpoint.Metadata.Add(new AuthorizeAttribute());
        endpoint.Metadata.Add(new AuthorizationPolicyBuilder()
            .AddRequirements(new LedgerAccess(role, anyLedger)).Build());
    }

    private bool Includes(ApiRole has) => has == role || has == ApiRole.Admin
        || role == ApiRole.Reader;

    /// <summary>Why a key was turned away.</summary>
    public static string Denial(HttpContext context) => context.Features.Get<ApiKey>() is { } key
        ? $"the key '{key.Name}' ({key.Role.ToString().ToLowerInvariant()}) does not allow this "
            + "here"
        : "this is not allowed";
}
