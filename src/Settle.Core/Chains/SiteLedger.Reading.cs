namespace Settle.Chains;

/// <content>How far a draft may read the others (S5, S6, S7, S12).</content>
internal sealed partial class SiteLedger
{
    private readonly SortedDictionary<string, SiteFork> _forks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _refused = new(StringComparer.Ordinal);
    private SeenMark? _setBackTo;
    private bool _isForked;

    /// <summary>
    /// Reads on in the others' chains, as far as their blocks are here and may be followed. The
    /// draft's own block then begins with <see cref="BeginOwn"/>.
    /// </summary>
    /// <param name="slot">0 to 3; drafts that are open together have different ones.</param>
    /// <param name="timeMax">Blocks of a later time wait, microseconds since 1970.</param>
    /// <param name="blocksMax">At most so many.</param>
    public SiteDraft Begin(int slot, long timeMax, int blocksMax = 512)
    {
        while (true)
        {
            var draft = new SiteDraft(slot, Money, Seen);
            var reading = "";
            try
            {
                while (draft.Imports.Count < blocksMax
                    && NextOfAny(timeMax) is var (chain, block))
                {
                    reading = chain.Site;
                    Read(draft, chain, block);
                }
                return draft;
            }
            catch (Exception e) when (e is FormatException or BrokenInvariantException)
            {
                TakeBack(draft);
                _refused[reading] = e.Message;
            }
        }
    }

    private (SiteChain Chain, BlockDocument Block)? NextOfAny(long timeMax)
    {
        // A site that was given up reads no further: what it wrote is after its end.
        if (Standing == Standing.Suspended) return null;
        KnowSites();
        // The founder says which sites have ended: nothing after their ends is read.
        if (NextFor(Main, timeMax, _chains.Length) is { } first) return first;
        foreach (var chain in _chains)
        {
            if (NextOf(chain, timeMax) is { } block && IsClosed(block)) return (chain, block);
        }
        return null;
    }

    /// <summary>
    /// What has to be read before a chain's next block, or that block; null where something is
    /// missing.
    /// </summary>
    private (SiteChain Chain, BlockDocument Block)? NextFor(
        SiteChain chain, long timeMax, int chainsMax)
    {
        if (chainsMax == 0 || NextOf(chain, timeMax) is not { } block) return null;
        if (IsClosed(block)) return (chain, block);
        foreach (var (site, mark) in block.Header.Seen.Marks)
        {
            if (site != chain.Site && Chain(site) is { } other && other.Height < mark.Height
                && NextFor(other, timeMax, chainsMax - 1) is { } needed)
                return needed;
        }
        return null;
    }

    private BlockDocument? NextOf(SiteChain chain, long timeMax) => chain != Mine
        && !_refused.ContainsKey(chain.Site) && Next(chain) is { } block
        && block.Header.Time <= timeMax ? block : null;

    private void KnowSites()
    {
        foreach (var row in Table.Rows)
        {
            if (Chain(row.Name) is null) Add(new SiteChain(row.Name, new Book()));
        }
    }

    private void Read(SiteDraft draft, SiteChain chain, BlockDocument block)
    {
        Fold(chain, block, draft);
        draft.Imports.Add(block);
        draft.Seen = Seen = Seen.With(chain.Site, chain.Tip);
        draft.TimeMin = long.Max(draft.TimeMin, block.Header.Time);
        draft.ReadsEntries |= block.EntriesEnd > block.EntriesStart;
    }

    /// <summary>The next block of a chain that may be followed; null for none.</summary>
    private BlockDocument? Next(SiteChain chain)
    {
        if (chain.HasRetired || chain.IsTaken) return null;
        var height = chain.Height + 1;
        // Two machines that wrote as one site may be as far as each other.
        if (chain.Height > 0 && _copies.At(chain.Site, chain.Height) is [var one, var other, ..])
            NoteFork(chain.Site, chain.Height, one.Header.Hash, other.Header.Hash);
        var bodies = _copies.At(chain.Site, height);
        if (bodies.Count == 0) return null;
        BlockHash? named = null;
        if (bodies.Count > 1)
            NoteFork(chain.Site, height, bodies[0].Header.Hash, bodies[1].Header.Hash);
        if (IsLimited(chain.Site))
        {
            named = Named(chain, height);
            if (named is null) return null;
        }
        var next = named is null ? bodies[0]
            : bodies.FirstOrDefault(body => body.Header.Hash == named);
        if (next is null) return null;
        if (next.Header.Prev == chain.Tip.Hash) return next;
        if (height > 1) NoteFork(chain.Site, height - 1, chain.Tip.Hash, next.Header.Prev);
        return null;
    }

    // Suspended, ended and forked sites are followed only as far as others have.
    private bool IsLimited(string site) => _forks.ContainsKey(site)
        || (Table.TryFind(site, out var row) && (row.IsSuspended || row.HasEnded));

    /// <summary>
    /// The block of a limited chain that an active site's next block has read; null where none has,
    /// or where they name different ones.
    /// </summary>
    private BlockHash? Named(SiteChain chain, long height)
    {
        if (Table.TryFind(chain.Site, out var row) && row.HasEnded && height > row.Last.Height)
            return null;
        BlockHash? named = null;
        foreach (var other in _chains)
        {
            if (other == chain || other == Mine || other.HasRetired || IsLimited(other.Site)
                || _refused.ContainsKey(other.Site))
                continue;
            var next = _copies.At(other.Site, other.Height + 1);
            if (next.Count != 1) continue;
            var mark = next[0].Header.Seen[chain.Site];
            if (mark.Height < height
                || Ancestor(chain.Site, mark, height) is not { } hash)
                continue;
            if (named is { } before && before != hash) return null;
            named = hash;
        }
        return named;
    }

    private BlockHash? Ancestor(string site, SeenMark mark, long height)
    {
        var hash = mark.Hash;
        for (var at = mark.Height; at > height; at--)
        {
            var body = _copies.At(site, at).FirstOrDefault(body => body.Header.Hash == hash);
            if (body is null) return null;
            hash = body.Header.Prev;
        }
        return hash;
    }

    /// <summary>Whether all that a block had read has been read here too.</summary>
    private bool IsClosed(BlockDocument block)
    {
        foreach (var (site, mark) in block.Header.Seen.Marks)
        {
            if (site == block.Header.Site) continue;
            if (Chain(site) is not { } chain) return false;
            if (chain == Mine)
            {
                if (!KnowsOwn(mark)) return false;
                continue;
            }
            if (chain.Height < mark.Height) return false;
            if (chain.HashAt(mark.Height) == mark.Hash) continue;
            NoteFork(site, mark.Height, chain.HashAt(mark.Height), mark.Hash);
            return false;
        }
        return true;
    }

    private bool KnowsOwn(SeenMark mark)
    {
        if (mark.Height > Mine.Height)
        {
            // It may be the block that is being written.
            if (mark.Height <= Mine.Height + _drafts.Count) return false;
            if (_setBackTo is null || _setBackTo.Value.Height < mark.Height) _setBackTo = mark;
            return false;
        }
        if (Mine.HashAt(mark.Height) == mark.Hash) return true;
        _isForked = true;
        return false;
    }

    private void NoteFork(string site, long height, BlockHash one, BlockHash other)
    {
        if (site == Own || _forks.ContainsKey(site)) return;
        _forks.Add(site, one.CompareWith(other) < 0
            ? new SiteFork(height, one, other) : new SiteFork(height, other, one));
    }
}
