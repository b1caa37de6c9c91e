namespace Settle.Chains;

/// <summary>One site's chain as far as it was read here: its fold, its links, what it has seen.
/// </summary>
/// <param name="site">Whose it is.</param>
/// <param name="book">The fold of its entries and of the grants that it has read.</param>
internal sealed class SiteChain(string site, Book book)
{
    private readonly List<BlockHash> _hashes = [];
    private readonly List<SeenVector> _seen = [];

    // The sites that it recorded as forked, and where.
    private readonly Dictionary<string, long> _forks = new(StringComparer.Ordinal);

    public string Site => site;

    public Book Book => book;

    /// <summary>What it has decided.</summary>
    public SiteIds Ids { get; } = new();

    /// <summary>Its newest block.</summary>
    public SeenMark Tip => new(_hashes.Count, _hashes.Count == 0 ? BlockHash.None : _hashes[^1]);

    public long Height => _hashes.Count;

    /// <summary>How far its newest block has read the others.</summary>
    public SeenVector Seen => _seen.Count == 0 ? SeenVector.Empty : _seen[^1];

    /// <summary>Whether its last block is there, so that no other follows.</summary>
    public bool HasRetired { get; set; }

    /// <summary>Whether the founder has taken over all that it had.</summary>
    public bool IsTaken { get; set; }

    /// <summary>The newest block that has entries, and not only reads.</summary>
    public long LastWritten { get; set; }

    /// <summary>Whether it has said that a site forked.</summary>
    public bool HasRecorded(string site) => _forks.ContainsKey(site);

    /// <summary>It says that a site forked.</summary>
    public void Record(string site, long height) => _forks.TryAdd(site, height);

    public BlockHash HashAt(long height) => _hashes[(int)height - 1];

    /// <summary>How far the block at a height had read the others.</summary>
    public SeenVector SeenAt(long height) =>
        height == 0 ? SeenVector.Empty : _seen[(int)height - 1];

    public void Add(BlockHash hash, SeenVector seen)
    {
        _hashes.Add(hash);
        _seen.Add(seen);
    }

    /// <summary>All that a block changes beside the book.</summary>
    public SiteChainState Save() => new(_hashes.Count, Ids.Count, HasRetired, IsTaken, LastWritten);

    /// <summary>As it was.</summary>
    /// <param name="before">How it was.</param>
    /// <param name="withLinks">Whether the blocks since then go too.</param>
    public void Restore(SiteChainState before, bool withLinks)
    {
        foreach (var (site, height) in _forks.ToList())
            if (height > before.Height) _forks.Remove(site);
        if (withLinks)
        {
            _hashes.RemoveRange(before.Height, _hashes.Count - before.Height);
            _seen.RemoveRange(before.Height, _seen.Count - before.Height);
        }
        Ids.Truncate(before.Ids);
        (HasRetired, IsTaken, LastWritten) =
            (before.HasRetired, before.IsTaken, before.LastWritten);
    }
}
