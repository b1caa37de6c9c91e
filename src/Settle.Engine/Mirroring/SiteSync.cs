using Settle.Chains;
using Settle.Local;

namespace Settle;

/// <summary>
/// Lets two sites exchange all that they have, both ways, and answer each other, until neither has
/// anything new: no server is needed, only both files.
/// </summary>
internal static class SiteSync
{
    private const int RoundsMax = 64;

    /// <param name="from">One site's file.</param>
    /// <param name="to">The other's.</param>
    /// <param name="options">How to open them.</param>
    /// <param name="progress">Told how many blocks were copied; may be null.</param>
    /// <param name="cancellation">Stops between two batches; run again, it goes on.</param>
    /// <exception cref="InvalidRequestException">They are one site, or have no sites.</exception>
    /// <exception cref="ChainsDifferException">They are of different ledgers.</exception>
    /// <exception cref="SiteStoppedException">
    /// One of them may not write, and has not retired; all blocks were exchanged before that is
    /// said.
    /// </exception>
    public static async Task<SyncReport> RunAsync(string from, string to, LedgerOptions options,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        options = options with { MustExist = true, SettlesDocuments = false };
        await using var one = await OpenAsync(from, options, cancellation).ConfigureAwait(false);
        await using var other = await OpenAsync(to, options, cancellation).ConfigureAwait(false);
        await new SiteExchange(one.Store, one.State.Site, other.Store, other.State.Site)
            .CheckAsync(cancellation).ConfigureAwait(false);
        if (one.State.Site == other.State.Site)
        {
            throw new InvalidRequestException("to", $"both are site {one.State.Site}: a site is "
                + "one file. To copy it, use 'settle mirror'");
        }
        return await RunAsync(one, other, progress, cancellation).ConfigureAwait(false);
    }

    private static async Task<SyncReport> RunAsync(LocalLedger one, LocalLedger other,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var report = new SyncReport(one.State.Site, other.State.Site, 0, 0, 0);
        SiteStoppedException? stopped = null;
        var total = 0L;
        for (var round = 0; round < RoundsMax; round++)
        {
            var sent = await CopyAsync(one, other, Count, cancellation).ConfigureAwait(false);
            var received = await CopyAsync(other, one, Count, cancellation).ConfigureAwait(false);
            report = report with
            {
                Sent = report.Sent + sent, Received = report.Received + received,
            };
            if (round > 0 && sent + received == 0) break;
            stopped = null;
            foreach (var (site, peer) in ((LocalLedger, LocalLedger)[])[(one, other), (other, one)])
            {
                try
                {
                    var taken = await TakeBackAsync(site, peer, cancellation).ConfigureAwait(false);
                    report = report with { TakenBack = report.TakenBack + taken };
                    await ReadAllAsync(site).ConfigureAwait(false);
                }
                catch (SiteStoppedException e)
                {
                    // The other one goes on, and gets all that this one has. One that has retired
                    // has nothing else to do.
                    if (!HasRetired(site)) stopped ??= e;
                }
            }
        }
        return stopped is null ? report : throw stopped;

        void Count(long copied)
        {
            total += copied;
            progress?.Report(new WorkProgress(total, total));
        }
    }

    private static bool HasRetired(LocalLedger site)
    {
        lock (site.State.Lock) return site.State.Sites!.Standing == Standing.Retired;
    }

    // A block reads so many of the others' blocks, and no more.
    private static async Task ReadAllAsync(LocalLedger site)
    {
        for (SeenVector? before = null; SeenAt(site) is var seen && !seen.Equals(before);)
        {
            before = seen;
            await site.Settler.AttendAsync().ConfigureAwait(false);
        }
    }

    private static SeenVector SeenAt(LocalLedger site)
    {
        lock (site.State.Lock) return site.State.Sites!.Seen;
    }

    private static async Task<LocalLedger> OpenAsync(
        string location, LedgerOptions options, CancellationToken cancellation)
    {
        var ledger = await LocalLedger.OpenAsync(location, options, cancellation)
            .ConfigureAwait(false);
        if (ledger.State.Sites is { HasSites: true }) return ledger;
        await ledger.DisposeAsync().ConfigureAwait(false);
        throw new InvalidRequestException("ledger", $"{location} has one site and none to sync "
            + "with; let another one join with 'settle sites add NAME'");
    }

    private static Task<long> CopyAsync(LocalLedger from, LocalLedger to, Action<long> copied,
        CancellationToken cancellation) =>
        new SiteExchange(from.Store, from.State.Site, to.Store, to.State.Site)
            .RunAsync(HeightsIn(to, from), copied, cancellation);

    // The sites that one of the two knows, and how far the target has read each.
    private static Dictionary<string, long> HeightsIn(LocalLedger target, LocalLedger source)
    {
        var heights = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var ledger in (LocalLedger[])[source, target])
        {
            lock (ledger.State.Lock)
            {
                foreach (var row in ledger.State.Sites!.Table.Rows) heights[row.Name] = 0;
                heights[SiteNames.Founder] = 0;
            }
        }
        lock (target.State.Lock)
        {
            foreach (var site in heights.Keys.ToList())
                heights[site] = target.State.Sites!.Chain(site)?.Height ?? 0;
        }
        return heights;
    }

    private static async Task<long> TakeBackAsync(
        LocalLedger site, LocalLedger peer, CancellationToken cancellation)
    {
        var (taken, isMore) = await new SiteExchange(
            peer.Store, peer.State.Site, site.Store, site.State.Site)
            .TakeBackAsync(site.State.Height, cancellation).ConfigureAwait(false);
        if (taken > 0) await site.Reader.RefreshAsync().ConfigureAwait(false);
        if (!isMore) return taken;
        throw new SiteStoppedException("set_back", string.Create(CultureInfo.InvariantCulture,
            $"{peer.Store.Location} has newer blocks of site {site.State.Site} than the "
            + $"{site.State.Height} in {site.Store.Location}, which was put back to an older copy, "
            + $"and what lies between is missing: sync with another site first"));
    }
}
