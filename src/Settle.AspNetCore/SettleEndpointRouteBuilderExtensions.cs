using Microsoft.AspNetCore.Http.Metadata;
using Settle.Server;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves a host's ledgers over HTTP.</summary>
public static class SettleEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the HTTP API and the console of the ledgers that <c>AddSettle</c> has added, such as
    /// <c>/settle/v1/ledgers/bank</c> and <c>/settle/</c>.
    /// </summary>
    /// <remarks>
    /// Whoever asks must be authorized by the host, by its default policy if nothing else is said
    /// on the group that this returns; <c>AllowAnonymous()</c> opens it to everybody. Invoices as
    /// PDF or XML, bank statements, exports and reports are the server's alone.
    /// </remarks>
    /// <param name="app">The host's endpoints.</param>
    /// <param name="prefix">The address below which all is, such as <c>/settle</c>.</param>
    /// <param name="keys">The keys of the ledgers; none for the ledger without a key.</param>
    /// <exception cref="InvalidOperationException">Two of the ledgers have one name.</exception>
    public static RouteGroupBuilder MapSettle(this IEndpointRouteBuilder app, string prefix,
        params string[] keys)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(keys);
        var services = app.ServiceProvider;
        HostedLedgers.CheckNames(services, keys);
        var log = services.GetRequiredService<ILogger<ProblemMiddleware>>();
        var (all, _) = new SettleApi(new HostedLedgers(services, keys),
            new InvoiceRuns(services.GetRequiredService<IHostApplicationLifetime>()))
        {
            Clock = services.GetService<TimeProvider>() ?? TimeProvider.System,
        }.Map(app, prefix);
        HostSessionEndpoint.Map(all);
        ConsoleEndpoints.Map(all, isWholeServer: false);
        ((IEndpointConventionBuilder)all).Add(
            endpoint => Wrap((RouteEndpointBuilder)endpoint, log));
        return all.ExcludeFromDescription().RequireAuthorization();
    }

    /// <summary>
    /// Asks for a policy of the host's on each address: one for reading, one for moving money and
    /// one for opening accounts and the like.
    /// </summary>
    /// <param name="settle">What <see cref="MapSettle"/> has mapped.</param>
    /// <param name="policyOf">The policy for a role.</param>
    public static RouteGroupBuilder RequirePolicies(this RouteGroupBuilder settle,
        Func<ApiRole, string> policyOf)
    {
        ArgumentNullException.ThrowIfNull(settle);
        ArgumentNullException.ThrowIfNull(policyOf);
        ((IEndpointConventionBuilder)settle).Finally(endpoint =>
        {
            endpoint.Metadata.Add(new RolePolicies(policyOf));
            foreach (var role in endpoint.Metadata.OfType<ApiRole>().ToList())
                endpoint.Metadata.Add(new Microsoft.AspNetCore.Authorization.AuthorizeAttribute(
                    policyOf(role)));
        });
        return settle;
    }

    /// <summary>Does around an endpoint what the pipeline of a server does.</summary>
    private static void Wrap(RouteEndpointBuilder endpoint, ILogger<ProblemMiddleware> log)
    {
        // A host's policy is asked before what is sent is looked at; RequestBody does that.
        foreach (var accepts in endpoint.Metadata.OfType<IAcceptsMetadata>().ToList())
            endpoint.Metadata.Remove(accepts);
        var (next, pattern) = (endpoint.RequestDelegate!, endpoint.RoutePattern);
        var problems = new ProblemMiddleware(context =>
        {
            RawPath.Restore(context, pattern);
            QueryParameters.Check(context);
            return next(context);
        }, log);
        endpoint.RequestDelegate = context =>
        {
            SecurityHeaders.Add(context.Response.Headers);
            return problems.InvokeAsync(context);
        };
    }
}
