using Settle.Chains;
using Settle.Http;
using Settle.Local;
using Settle.Peers;

namespace Settle;

/// <summary>One of the places that sync: a site's file, or a server that has it open.</summary>
internal sealed class SyncSide : IAsyncDisposable
{
    private readonly ILedger _ledger;
    private readonly IChains _chains;
    private readonly string _name;

    private SyncSide(ILedger ledger, string location)
    {
        _ledger = ledger;
        // Both files are told to answer when both have all; a server answers at once.
        (_chains, _name) = ledger is LocalLedger local
            ? (new StoredChains(local.Store, local.State.Site), local.Store.Location)
            : ((IChains)ledger.Sites, LedgerAddress.Shown(location));
    }

    public static async Task<SyncSide> OpenAsync(
        string location, LedgerOptions options, CancellationToken cancellation) =>
        new(await Ledger.OpenAsync(location, options, cancellation).ConfigureAwait(false),
            location);

    /// <exception cref="InvalidRequestException">Nobody has joined it.</exception>
    public async Task CheckHasSitesAsync(CancellationToken cancellation)
    {
        var info = await _ledger.GetInfoAsync(cancellation).ConfigureAwait(false);
        if (info.Site is not null) return;
        throw new InvalidRequestException("ledger", $"{_name} has one site only, and none to sync "
            + "with; let another one join with 'settle sites add NAME'");
    }

    /// <summary>What copies from here to another place.</summary>
    public SiteExchange To(SyncSide other) => new(_chains, _name, other._chains, other._name);

    /// <summary>Reads all that has come to a file, and answers it; a server has.</summary>
    /// <returns>
    /// Why it may not write; null if it may, and if it has retired, so that it has nothing to do.
    /// </returns>
    public async Task<SiteStoppedException?> AnswerAsync()
    {
        if (_ledger is not LocalLedger site) return null;
        try
        {
            await site.Reader.RefreshAsync().ConfigureAwait(false);
            // A block reads so many of the others' blocks, and no more.
            for (SeenVector? before = null; SeenAt(site) is var seen && !seen.Equals(before);)
            {
                before = seen;
                await site.Settler.AttendAsync().ConfigureAwait(false);
            }
            return null;
        }
        catch (SiteStoppedException e)
        {
            lock (site.State.Lock)
                return site.State.Sites!.Standing == Standing.Retired ? null : e;
        }
    }

    /// <summary>Why a server's site may not write; null if it may.</summary>
    public async Task<SiteStoppedException?> FindObstacleAsync(CancellationToken cancellation)
    {
        if (_ledger is LocalLedger) return null;
        var own = (await _ledger.Sites.ListAsync(cancellation).ConfigureAwait(false))
            .FirstOrDefault(each => each.IsOwn);
        return own?.Reason is not { } reason ? null : new SiteStoppedException(
            own.State is "forked" or "set back" ? own.State.Replace(' ', '_') : "site_inactive",
            reason);
    }

    /// <summary>The sites that were found to have forked, as far as it is known here.</summary>
    public async Task<IEnumerable<string>> ForkedAsync(CancellationToken cancellation) =>
        (await _ledger.Sites.ListAsync(cancellation).ConfigureAwait(false))
            .Where(site => site.State == "forked").Select(site => site.Name);

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private static SeenVector SeenAt(LocalLedger site)
    {
        lock (site.State.Lock) return site.State.Sites!.Seen;
    }
}
