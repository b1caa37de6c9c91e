using Settle.State;
using Settle.Stores;

namespace Settle;

/// <summary>
/// Copies all chains that one site's store has into another's: of each from the newest height on
/// that is there, so that a twin of that block shows too. What was copied before does no harm.
/// </summary>
/// <param name="from">Where they are.</param>
/// <param name="fromSite">Whose own chain that store has.</param>
/// <param name="to">Where they go.</param>
/// <param name="toSite">Whose own chain that store has; it takes care of that itself.</param>
internal sealed class SiteExchange(IStore from, string fromSite, IStore to, string toSite)
{
    private const int BlocksPerRead = 512;

    /// <summary>Nothing is copied from one ledger's site to another's.</summary>
    /// <exception cref="ChainsDifferException">Both know a founder, and not the same.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var first = await FirstAsync(from, fromSite, cancellation).ConfigureAwait(false);
        var second = await FirstAsync(to, toSite, cancellation).ConfigureAwait(false);
        if (first is not null && second is not null && first != second)
        {
            throw new ChainsDifferException($"{from.Location} and {to.Location} are sites of "
                + "different ledgers: nothing was copied");
        }
    }

    /// <summary>Copies the chains of some sites.</summary>
    /// <param name="sites">How far each was read there; 0 for nothing.</param>
    /// <param name="copied">Told after each batch how many blocks it was.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>How many blocks were not there before.</returns>
    public async Task<long> RunAsync(IReadOnlyDictionary<string, long> sites, Action<long> copied,
        CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var (site, read) in sites)
        {
            if (site == toSite) continue;
            count += await CopyAsync(site, long.Max(1, read), copied, cancellation)
                .ConfigureAwait(false);
        }
        return count;
    }

    /// <summary>
    /// Takes own blocks back that the other site has and this one lost: of each all that it had
    /// read has to be here.
    /// </summary>
    /// <param name="height">How many are here.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>Whether the other has any that cannot be taken.</returns>
    /// <exception cref="SiteStoppedException">The other has different ones: it forked.</exception>
    public async Task<(long Taken, bool IsMore)> TakeBackAsync(
        long height, CancellationToken cancellation)
    {
        var tip = BlockHash.None;
        if (height > 0)
        {
            var own = await to.GetAsync(BlockId.Format(toSite, height), cancellation)
                .ConfigureAwait(false);
            tip = SiteCopies.Parse(to, own!).Header.Hash;
        }
        var taken = 0L;
        while (true)
        {
            var blocks = await ReadAsync(from, fromSite, toSite, height + 1, long.MaxValue,
                cancellation).ConfigureAwait(false);
            if (blocks.Count == 0) return (taken, false);
            foreach (var block in blocks)
            {
                if (block.Header.Height != height + 1 || !await HasReadAsync(block, cancellation)
                    .ConfigureAwait(false))
                    return (taken, true);
                if (block.Header.Prev != tip) throw Forked(block.Header.Height, height);
                await to.CreateAsync(BlockId.Format(toSite, block.Header.Height), block.Body,
                    cancellation).ConfigureAwait(false);
                (tip, height) = (block.Header.Hash, block.Header.Height);
                taken++;
            }
        }
    }

    private SiteStoppedException Forked(long height, long tip) =>
        new("forked", string.Create(CultureInfo.InvariantCulture,
            $"{from.Location} has a block {height} of site {toSite} that does "
            + $"not follow from block {tip} in {to.Location}: that site was copied, or "
            + $"was put back and written to. Nothing was taken; suspend and end it at the "
            + $"founder, and join again under another name"));

    // The founder's first block tells a ledger from others.
    private static async Task<BlockHash?> FirstAsync(
        IStore store, string own, CancellationToken cancellation) =>
        (await ReadAsync(store, own, SiteNames.Founder, 1, 1, cancellation).ConfigureAwait(false))
        is [var first, ..] ? first.Header.Hash : null;

    private async Task<long> CopyAsync(
        string site, long height, Action<long> copied, CancellationToken cancellation)
    {
        var count = 0L;
        while (true)
        {
            var blocks = await ReadAsync(from, fromSite, site, height, height + BlocksPerRead - 1,
                cancellation).ConfigureAwait(false);
            if (blocks.Count == 0) return count;
            var last = blocks[^1].Header.Height;
            var known = (await to.ReadAsync(CopyId.From(site, height), CopyId.To(site, last),
                int.MaxValue, cancellation).ConfigureAwait(false))
                .Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
            var missing = blocks.Select(block =>
                new Document(CopyId.Format(block.Header), block.Body))
                .Where(document => !known.Contains(document.Id)).ToList();
            if (missing.Count > 0)
            {
                await to.CreateAllAsync(missing, cancellation).ConfigureAwait(false);
                copied(missing.Count);
            }
            count += missing.Count;
            height = last + 1;
        }
    }

    private async Task<bool> HasReadAsync(BlockDocument block, CancellationToken cancellation)
    {
        foreach (var (site, mark) in block.Header.Seen.Marks)
        {
            var copies = new SiteCopies(to, toSite);
            if (await copies.FindAsync(site, mark, cancellation).ConfigureAwait(false) is null)
                return false;
        }
        return true;
    }

    /// <summary>Blocks of a site that a store has, by height.</summary>
    /// <exception cref="StoreCorruptException">One is damaged, or is another site's.</exception>
    private static async Task<List<BlockDocument>> ReadAsync(IStore store, string own, string site,
        long first, long last, CancellationToken cancellation)
    {
        last = long.Min(last, BlockId.HeightMax);
        var documents = site == own
            ? await store.ReadAsync(BlockId.Format(site, first), BlockId.Format(site, last),
                BlocksPerRead, cancellation).ConfigureAwait(false)
            : await store.ReadAsync(CopyId.From(site, first), CopyId.To(site, last),
                BlocksPerRead, cancellation).ConfigureAwait(false);
        return [.. documents.Select(document => SiteCopies.Parse(store, document))];
    }
}
