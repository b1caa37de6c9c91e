using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Settle.Peers;

/// <summary>What is measured of peers, each with the tags of its ledger and its address.</summary>
internal static class PeerMetrics
{
    private static readonly ConcurrentDictionary<SitePeer, KeyValuePair<string, object?>[]> Open =
        [];

    static PeerMetrics()
    {
        var meter = Telemetry.Meter;
        meter.CreateObservableGauge("settle.peer.up",
            () => Read<long>(peer => peer.Status is { Error: null, LastHeard: not null } ? 1 : 0),
            null, "1 while blocks are exchanged with another site's server, 0 while it fails");
        meter.CreateObservableGauge("settle.peer.lag", () => Read<long>(peer => peer.Status.Lag),
            "{block}", "Blocks that one of the two has and the other lacks");
        meter.CreateObservableGauge("settle.peer.silence", () => Read<double>(
            peer => peer.Silence), "s", "Seconds since the last complete exchange with it");
    }

    public static void Add(SitePeer peer, string ledger) => Open[peer] =
        [new(Telemetry.Ledger, ledger), new("settle.peer", peer.Status.Url)];

    public static void Remove(SitePeer peer) => Open.TryRemove(peer, out _);

    private static IEnumerable<Measurement<T>> Read<T>(Func<SitePeer, T?> read) where T : struct =>
        Open.Select(each => (Value: read(each.Key), Tags: each.Value))
            .Where(each => each.Value is not null)
            .Select(each => new Measurement<T>(each.Value!.Value, each.Tags));
}
