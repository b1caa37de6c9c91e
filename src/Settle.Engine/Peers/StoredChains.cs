using Settle.State;
using Settle.Stores;

namespace Settle.Peers;

/// <summary>The chains that one site's store has. What is handed over is checked first.</summary>
/// <param name="store">Has them.</param>
/// <param name="own">Whose own chain it has.</param>
/// <param name="isKnown">Whether a site was added; null where that is not to be asked.</param>
internal sealed class StoredChains(IStore store, string own, Func<string, bool>? isKnown = null)
    : IChains
{
    private const int BlocksPerRead = 512;

    // What is read for others ends early when it grows large.
    private const int BlocksAtOnce = 8;
    private const int BytesPerRead = Limits.BlockBytesMax;

    // Two prove a fork; a few more may be what others have followed.
    private const int BodiesMax = 8;

    // How far each was here when somebody last looked: none is ever taken away.
    private readonly Dictionary<string, SeenMark> _tips = new(StringComparer.Ordinal);
    private string? _first;

    /// <summary>Where they are, for people.</summary>
    public string Location => store.Location;

    public async Task<SiteTips> ReadTipsAsync(CancellationToken cancellationToken = default)
    {
        var tips = new List<SiteTip>();
        foreach (var site in await SitesAsync(cancellationToken).ConfigureAwait(false))
        {
            var tip = await TipAsync(site, cancellationToken).ConfigureAwait(false);
            if (tip.Height > 0) tips.Add(new SiteTip(site, tip.Height, tip.Hash.ToString()));
        }
        return new SiteTips
        {
            Ledger = await FirstAsync(cancellationToken).ConfigureAwait(false),
            Site = own,
            Items = tips,
        };
    }

    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(string site, long fromHeight, int limit,
        CancellationToken cancellationToken = default)
    {
        var (blocks, bytes) = (new List<Block>(), 0L);
        while (blocks.Count < limit && bytes < BytesPerRead)
        {
            var some = await ReadSomeAsync(site, fromHeight,
                int.Min(limit - blocks.Count, BlocksAtOnce), cancellationToken)
                .ConfigureAwait(false);
            if (some.Count == 0) break;
            blocks.AddRange(some);
            bytes += some.Sum(block => (long)block.Body.Length);
            fromHeight = some[^1].Height + 1;
        }
        return blocks;
    }

    public async Task<long> GiveBlocksAsync(
        SiteBlocks blocks, CancellationToken cancellationToken = default)
    {
        if (await FirstAsync(cancellationToken).ConfigureAwait(false) is { } mine
            && mine != blocks.Ledger)
        {
            throw new ChainsDifferException(
                $"these blocks are of another ledger than {Location}: nothing was taken");
        }
        CheckSite(blocks.Site);
        var parsed = blocks.Blocks.Select(block => Checked(blocks, block)).ToList();
        if (parsed.Count == 0) return 0;
        for (var i = 1; i < parsed.Count; i++)
        {
            if (parsed[i].Header.Height - parsed[i - 1].Header.Height is not (0 or 1))
                throw new InvalidRequestException("blocks",
                    "must be in the order of their heights, without gaps");
        }
        // Several may hand over the same at once: a document that is there stays as it is.
        return blocks.Site == own
            ? await TakeBackAsync(parsed, cancellationToken).ConfigureAwait(false)
            : await CopyAsync(blocks.Site, parsed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a site was added, as far as is known.</summary>
    public bool Knows(string site) => site == own || site == SiteNames.Founder
        || isKnown?.Invoke(site) != false;

    /// <summary>The newest block of a site that is here; height 0 for none.</summary>
    public async Task<SeenMark> TipAsync(string site, CancellationToken cancellation)
    {
        SeenMark known;
        lock (_tips) known = _tips.GetValueOrDefault(site);
        // There are no gaps, so that whatever is above says that all below is here.
        long low = known.Height, step = 1;
        while (await HasAsync(site, low + step, cancellation).ConfigureAwait(false))
            (low, step) = (low + step, step * 2);
        for (step /= 2; step > 0; step /= 2)
        {
            if (await HasAsync(site, low + step, cancellation).ConfigureAwait(false)) low += step;
        }
        if (low == 0) return default;
        if (site == own && low == known.Height) return known;
        // A twin may have come since; a copy's id has its hash.
        var newest = (await ReadAsync(site, low, low, BodiesMax, cancellation)
            .ConfigureAwait(false))[^1];
        var tip = new SeenMark(low, CopyId.HashIn(newest.Id)
            ?? SiteCopies.Parse(store, newest).Header.Hash);
        lock (_tips) _tips[site] = tip;
        return tip;
    }

    /// <summary>The founder's first block, which tells a ledger from others; null for none.
    /// </summary>
    private async Task<string?> FirstAsync(CancellationToken cancellation)
    {
        if (_first is null && (await ReadAsync(SiteNames.Founder, 1, 1, 1, cancellation)
            .ConfigureAwait(false)) is [var first, ..])
            _first = SiteCopies.Parse(store, first).Header.Hash.ToString();
        return _first;
    }

    private async Task<List<string>> SitesAsync(CancellationToken cancellation)
    {
        List<string> sites = [own];
        if (store.KeepsCopies)
            sites.AddRange(await SiteCopies.SitesAsync(store, cancellation).ConfigureAwait(false));
        return sites;
    }

    private async Task<bool> HasAsync(string site, long height, CancellationToken cancellation) =>
        (await ReadAsync(site, height, height, 1, cancellation).ConfigureAwait(false)).Count > 0;

    private async Task<IReadOnlyList<Document>> ReadAsync(
        string site, long first, long last, int limit, CancellationToken cancellation)
    {
        if (first > last || first > BlockId.HeightMax) return [];
        return site == own
            ? await store.ReadAsync(BlockId.Format(site, first), BlockId.Format(site, last), limit,
                cancellation).ConfigureAwait(false)
            : !store.KeepsCopies ? []
            : await store.ReadAsync(CopyId.From(site, first), CopyId.To(site, last), limit,
                cancellation).ConfigureAwait(false);
    }

    private async Task<List<Block>> ReadSomeAsync(
        string site, long fromHeight, int limit, CancellationToken cancellation)
    {
        var documents = await ReadAsync(site, fromHeight, BlockId.HeightMax, limit, cancellation)
            .ConfigureAwait(false);
        if (site != own && documents.Count == limit)
        {
            // The rest of those at the last height.
            var last = HeightOf(documents[^1]);
            var same = await ReadAsync(site, last, last, BodiesMax, cancellation)
                .ConfigureAwait(false);
            documents = [.. documents.Where(document => HeightOf(document) < last), .. same];
        }
        return [.. documents.Select(document =>
        {
            var block = SiteCopies.Parse(store, document);
            return new Block(block.Header.Height, block.Body);
        })];
    }

    private void CheckSite(string site)
    {
        if (!SiteNames.IsOne(site)) throw Parse.Fault("site", site, "is not the name of a site");
        if (!store.KeepsCopies)
        {
            throw new InvalidRequestException("ledger",
                "a ledger in a database of CouchDB cannot hold blocks of other sites yet");
        }
        if (!Knows(site))
        {
            throw Parse.Fault("site", site, "was not added, as far as the founder's blocks were "
                + "read here: hand those over first");
        }
    }

    private static BlockDocument Checked(SiteBlocks blocks, Block block)
    {
        var id = BlockId.Format(blocks.Site, block.Height);
        try
        {
            var parsed = BlockDocument.Parse(id, block.Body, keepsBytes: true);
            var header = parsed.Header;
            if (header.Height < 1) throw new FormatException("the first block is block 1");
            if ((header.Height == 1) != (header.Prev == BlockHash.None))
                throw new FormatException("only the first block follows no other");
            if (blocks.Site == SiteNames.Founder && header.Height == 1
                && header.Hash.ToString() != blocks.Ledger)
                throw new FormatException("it is the first block of another ledger");
            return parsed;
        }
        catch (FormatException e)
        {
            throw new InvalidRequestException("blocks", string.Create(CultureInfo.InvariantCulture,
                $"block {block.Height} of site {blocks.Site} is not one that a site writes: "
                + $"{e.Message}"));
        }
    }

    private async Task<long> CopyAsync(
        string site, List<BlockDocument> blocks, CancellationToken cancellation)
    {
        var tip = (await TipAsync(site, cancellation).ConfigureAwait(false)).Height;
        var count = 0L;
        foreach (var some in blocks.Chunk(BlocksPerRead))
        {
            var first = some.Min(block => block.Header.Height);
            var known = await KnownAsync(site, first, some.Max(block => block.Header.Height),
                cancellation).ConfigureAwait(false);
            var missing = new List<Document>();
            foreach (var block in some)
            {
                var (id, height) = (CopyId.Format(block.Header), block.Header.Height);
                if (height > tip + 1) throw Gap(site, height, tip);
                tip = long.Max(tip, height);
                if (!known.TryGetValue(height, out var bodies)) known.Add(height, bodies = []);
                if (bodies.Contains(id)) continue;
                if (bodies.Count >= BodiesMax) throw TooMany(site, height);
                bodies.Add(id);
                missing.Add(new Document(id, block.Body));
            }
            if (missing.Count > 0)
                await store.CreateAllAsync(missing, cancellation).ConfigureAwait(false);
            count += missing.Count;
        }
        return count;
    }

    private async Task<Dictionary<long, HashSet<string>>> KnownAsync(
        string site, long first, long last, CancellationToken cancellation)
    {
        var known = new Dictionary<long, HashSet<string>>();
        foreach (var document in await ReadAsync(site, first, last, int.MaxValue, cancellation)
            .ConfigureAwait(false))
        {
            var height = HeightOf(document);
            if (!known.TryGetValue(height, out var ids)) known.Add(height, ids = []);
            ids.Add(document.Id);
        }
        return known;
    }

    private async Task<long> TakeBackAsync(
        List<BlockDocument> blocks, CancellationToken cancellation)
    {
        var tip = await TipAsync(own, cancellation).ConfigureAwait(false);
        var taken = 0L;
        var byHeight = blocks.ToLookup(block => block.Header.Height);
        foreach (var height in byHeight.Select(each => each.Key).Order())
        {
            if (height <= tip.Height) continue;
            if (height != tip.Height + 1) throw SetBack(height, tip);
            var block = Next(byHeight, tip) ?? throw Forked(height, tip);
            if (!await HasReadAsync(block, cancellation).ConfigureAwait(false))
                throw SetBack(block.Header.Height, tip);
            var outcome = await store.CreateAsync(BlockId.Format(own, block.Header.Height),
                block.Body, cancellation).ConfigureAwait(false);
            if (outcome != CreateOutcome.Created
                && await TipAsync(own, cancellation).ConfigureAwait(false) is var other
                && other.Height == block.Header.Height && other.Hash != block.Header.Hash)
                throw Forked(block.Header.Height, tip);
            tip = new SeenMark(block.Header.Height, block.Header.Hash);
            taken++;
        }
        return taken;
    }

    // Of two that follow, the one that somebody went on from: nobody follows the other.
    private static BlockDocument? Next(ILookup<long, BlockDocument> byHeight, SeenMark tip)
    {
        BlockDocument[] next =
            [.. byHeight[tip.Height + 1].Where(block => block.Header.Prev == tip.Hash)];
        return next is [var only] ? only : Array.FindAll(next, block =>
            byHeight[tip.Height + 2].Any(child => child.Header.Prev == block.Header.Hash))
            is [var followed] ? followed : null;
    }

    private async Task<bool> HasReadAsync(BlockDocument block, CancellationToken cancellation)
    {
        var copies = new SiteCopies(store, own);
        foreach (var (site, mark) in block.Header.Seen.Marks)
        {
            if (await copies.FindAsync(site, mark, cancellation).ConfigureAwait(false) is null)
                return false;
        }
        return true;
    }

    private static long HeightOf(Document document) =>
        BlockId.Parse(CopyId.BlockIn(document.Id) ?? document.Id)!.Value.Height;

    private static InvalidRequestException Gap(string site, long height, long tip) =>
        new("blocks", string.Create(CultureInfo.InvariantCulture,
            $"block {height} of site {site} would leave a gap: {tip} are here; hand over those "
            + $"between first"));

    private static InvalidRequestException TooMany(string site, long height) =>
        new("blocks", string.Create(CultureInfo.InvariantCulture,
            $"there are {BodiesMax} different blocks {height} of site {site} already: it forked, "
            + $"and further ones prove nothing new"));

    private SiteStoppedException SetBack(long height, SeenMark tip) =>
        new("set_back", string.Create(CultureInfo.InvariantCulture,
            $"there is a block {height} of site {own}, and {Location}, which was put back to an "
            + $"older copy, has {tip.Height}; what lies between, or what it had read, is missing: "
            + $"sync with another site first"));

    private SiteStoppedException Forked(long height, SeenMark tip)
    {
        var cure = own == SiteNames.Founder
            ? "if this file was put back, sync it with a site that has read further; if it was "
                + "written to since, begin a new ledger with the balances of all sites"
            : "suspend and end it at the founder, and join again under another name";
        return new("forked", string.Create(CultureInfo.InvariantCulture,
            $"there is a block {height} of site {own} that does not follow from block {tip.Height} "
            + $"in {Location}: that site was copied, or was put back and written to. Nothing was "
            + $"taken; {cure}"));
    }
}
