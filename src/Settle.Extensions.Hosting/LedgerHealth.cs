using Microsoft.Extensions.Diagnostics.HealthChecks;
using Settle.Local;

namespace Settle.Hosting;

/// <summary>
/// Whether a ledger is open and can be written; behind a server, whether it answers.
/// </summary>
internal sealed class LedgerHealth(ILedger ledger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        try
        {
            if (ledger is IKnowsItsHealth { Fatal: { } fatal })
            {
                return new(context.Registration.FailureStatus,
                    $"the ledger '{ledger.Name}' has stopped; run settle verify on it", fatal);
            }
            if (ledger is IKnowsItsHealth { IsReadOnly: false } local
                && await local.FindObstacleAsync(cancellationToken)
                    .ConfigureAwait(false) is { } why)
                return new(context.Registration.FailureStatus, why.Message, why);
            var info = await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy(
                string.Create(CultureInfo.InvariantCulture,
                    $"{info.Name} has {info.Height} blocks"),
                new Dictionary<string, object> { ["height"] = info.Height });
        }
        catch (SettleException e)
        {
            return new(context.Registration.FailureStatus, e.Message, e);
        }
    }
}
