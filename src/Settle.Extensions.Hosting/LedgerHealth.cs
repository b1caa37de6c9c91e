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
                Data(info));
        }
        catch (SettleException e)
        {
            return new(context.Registration.FailureStatus, e.Message, e);
        }
    }

    // A site goes on without its peers: that one is away is told, and does no harm here.
    private Dictionary<string, object> Data(LedgerInfo info)
    {
        var data = new Dictionary<string, object> { ["height"] = info.Height };
        foreach (var peer in (ledger as IKnowsItsHealth)?.Peers ?? [])
            data[$"peer {peer.Url}"] = peer.Error ?? "exchanges";
        return data;
    }
}
