using Settle.Chains;
using Settle.Stores;

namespace Settle.State;

/// <summary>
/// The copies of other sites' blocks that a draft or an own block is about to read: fetched from
/// the store before the state is locked, because deciding never waits.
/// </summary>
/// <param name="store">Has them.</param>
/// <param name="own">This site.</param>
internal sealed class SiteCopies(IStore store, string own) : ICopies
{
    // A draft reads at most half of it, so that what a block names is mostly here too.
    private const int BlocksAhead = 1024;

    private readonly Dictionary<string, SortedDictionary<long, List<BlockDocument>>> _sites =
        new(StringComparer.Ordinal);

    public IReadOnlyList<BlockDocument> At(string site, long height) =>
        _sites.TryGetValue(site, out var blocks) && blocks.TryGetValue(height, out var bodies)
            ? bodies : [];

    /// <summary>Whether a store has any.</summary>
    public static async ValueTask<bool> HasAnyAsync(
        IStore store, CancellationToken cancellation) => store.KeepsCopies
        && (await store.ReadAsync(CopyId.First, CopyId.Last, 1, cancellation)
            .ConfigureAwait(false)).Count > 0;

    /// <summary>Copies all that a store has into another; those that are there stay.</summary>
    public static async Task CopyAsync(
        IStore source, IStore target, CancellationToken cancellation)
    {
        for (var from = CopyId.First; ;)
        {
            var page = await source.ReadAsync(from, CopyId.Last, BlocksAhead, cancellation)
                .ConfigureAwait(false);
            if (page.Count == 0) return;
            await target.CreateAllAsync(page, cancellation).ConfigureAwait(false);
            from = page[^1].Id + "\0";
        }
    }

    /// <summary>Fetches what a draft may read next.</summary>
    public async ValueTask FetchAsync(SiteLedger sites, CancellationToken cancellation)
    {
        // Also those that a block will name which is about to be read.
        foreach (var site in await SitesAsync(store, cancellation).ConfigureAwait(false))
        {
            if (site == own) continue;
            var from = long.Max(1, sites.Chain(site)?.Height ?? 0);
            await FetchAsync(site, from, from + BlocksAhead, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches what a block of this site has read.</summary>
    public async ValueTask FetchAsync(
        SiteLedger sites, SeenVector seen, CancellationToken cancellation)
    {
        foreach (var (site, mark) in seen.Marks)
        {
            await FetchAsync(site, (sites.Chain(site)?.Height ?? 0) + 1, mark.Height, cancellation)
                .ConfigureAwait(false);
        }
    }

    /// <summary>One copy; null where it is not here.</summary>
    public async ValueTask<BlockDocument?> FindAsync(
        string site, SeenMark mark, CancellationToken cancellation)
    {
        foreach (var block in await ReadAsync(site, mark.Height, mark.Height, cancellation)
            .ConfigureAwait(false))
            if (block.Header.Hash == mark.Hash) return block;
        return null;
    }

    /// <summary>Copies of a site's blocks, by height.</summary>
    /// <exception cref="StoreCorruptException">One is damaged.</exception>
    public async ValueTask<List<BlockDocument>> ReadAsync(
        string site, long from, long to, CancellationToken cancellation)
    {
        // Where a site forked, there are more copies than heights.
        if (from > to) return [];
        var documents = await store.ReadAsync(CopyId.From(site, from), CopyId.To(site, to),
            BlocksAhead, cancellation).ConfigureAwait(false);
        var blocks = new List<BlockDocument>(documents.Count);
        foreach (var document in documents) blocks.Add(Parse(document));
        return blocks;
    }

    /// <summary>The sites of whose blocks a store has copies.</summary>
    public static async ValueTask<List<string>> SitesAsync(
        IStore store, CancellationToken cancellation)
    {
        var sites = new List<string>();
        for (var from = CopyId.First; ;)
        {
            var next = await store.ReadAsync(from, CopyId.Last, 1, cancellation)
                .ConfigureAwait(false);
            if (next.Count == 0) return sites;
            if (CopyId.SiteIn(next[0].Id) is { } site) sites.Add(site);
            from = CopyId.Behind(next[0].Id);
        }
    }

    private async ValueTask FetchAsync(
        string site, long from, long to, CancellationToken cancellation)
    {
        if (!_sites.TryGetValue(site, out var known)) _sites.Add(site, known = []);
        while (known.Count > 0 && known.First().Key < from) known.Remove(known.First().Key);
        // Those at the end may have got a twin since.
        var next = long.Max(from, known.Count > 0 ? known.Last().Key : from);
        if (known.Count > 0 && known.First().Key > from) next = from;
        while (next <= to)
        {
            var documents = await store.ReadAsync(CopyId.From(site, next), CopyId.To(site, to),
                BlocksAhead, cancellation).ConfigureAwait(false);
            foreach (var document in documents) Keep(known, document);
            if (documents.Count < BlocksAhead) return;
            var (first, last) = (HeightOf(documents[0]), HeightOf(documents[^1]));
            next = last + (first == last ? 1 : 0);
        }
    }

    // The newest is looked at for every draft, and may be large: it is parsed once.
    private void Keep(SortedDictionary<long, List<BlockDocument>> known, Document document)
    {
        var height = HeightOf(document);
        if (!known.TryGetValue(height, out var bodies)) known.Add(height, bodies = []);
        if (bodies.Exists(body => CopyId.Format(body.Header) == document.Id)) return;
        var block = Parse(document);
        if (!bodies.Exists(body => body.Header.Hash == block.Header.Hash)) bodies.Add(block);
    }

    private static long HeightOf(Document document) =>
        BlockId.Parse(CopyId.BlockIn(document.Id) ?? document.Id)!.Value.Height;

    private BlockDocument Parse(Document document) => Parse(store, document);

    /// <summary>A block of a store, or a copy of one.</summary>
    /// <exception cref="StoreCorruptException">It is damaged.</exception>
    public static BlockDocument Parse(IStore store, Document document)
    {
        try
        {
            return BlockDocument.Parse(
                CopyId.BlockIn(document.Id) ?? document.Id, document.Body, store.KeepsBytes);
        }
        catch (FormatException e)
        {
            throw new StoreCorruptException(
                $"{store.Location}: {document.Id} is damaged: {e.Message}; run settle verify", e);
        }
    }
}
