using System.Collections.Concurrent;
using Settle.Settling;
using Settle.State;

namespace Settle.Peers;

/// <summary>The servers of other sites with which an open ledger exchanges blocks.</summary>
internal sealed class SitePeers : IAsyncDisposable
{
    // A site that has answered before and is silent for this long is not waited for.
    private static readonly TimeSpan HeardFor = TimeSpan.FromSeconds(30);

    // Before anything is written here, the others are asked for own blocks that were lost.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, long> _heard = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly StoredChains _chains;
    private readonly List<SitePeer> _peers;

    /// <exception cref="InvalidRequestException">An address is not one of a ledger.</exception>
    public SitePeers(string ledger, PeerOptions options, StoredChains chains, LedgerState state,
        Settler settler)
    {
        (_clock, _chains) = (options.Clock, chains);
        _peers = [.. options.Addresses.Select(address =>
            new SitePeer(ledger, address, options, chains, state, settler, NoteHeard))];
        settler.IsHeard = IsHeard;
    }

    /// <summary>How each stands.</summary>
    public IReadOnlyList<Peer> Statuses => [.. _peers.Select(peer => peer.Status)];

    /// <summary>Begins, and waits a moment for the first exchange with each.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var peer in _peers) peer.Start();
        var all = Task.WhenAll(_peers.Select(peer => peer.TriedOnce));
        await Task.WhenAny(all, Task.Delay(FirstPatience, _clock, cancellation))
            .ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>A site has asked or answered, or somebody says that it is that.</summary>
    public void NoteHeard(string site)
    {
        if (_chains.Knows(site)) _heard[site] = _clock.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers) await peer.DisposeAsync().ConfigureAwait(false);
    }

    // Of a site with which nobody here has ever talked, nothing is known.
    private bool IsHeard(string site) => !_heard.TryGetValue(site, out var since)
        || _clock.GetElapsedTime(since) < HeardFor;
}
