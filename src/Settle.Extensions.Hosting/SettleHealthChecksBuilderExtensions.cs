using Microsoft.Extensions.Diagnostics.HealthChecks;
using Settle;
using Settle.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of ledgers to a host's health checks.</summary>
public static class SettleHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks the host's ledger: healthy while it is open and settles, or, behind a server, while
    /// the server answers for it.
    /// </summary>
    /// <param name="builder">The host's checks.</param>
    /// <param name="key">The ledger's key; null for the one without.</param>
    /// <param name="name">The check's name; null for <c>settle</c> or <c>settle:KEY</c>.</param>
    /// <param name="failureStatus">What to report when it fails; null for unhealthy.</param>
    /// <param name="tags">To choose checks by.</param>
    public static IHealthChecksBuilder AddSettle(this IHealthChecksBuilder builder,
        string? key = null, string? name = null, HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (key is null ? "settle" : $"settle:{key}"),
            provider => new LedgerHealth(key is null
                ? provider.GetRequiredService<ILedger>()
                : provider.GetRequiredKeyedService<ILedger>(key)),
            failureStatus, tags));
    }
}
