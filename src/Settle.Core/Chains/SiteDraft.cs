using Settle.Sites;

namespace Settle.Chains;

/// <summary>
/// What a block of this site reads of others, while it can still be taken back: their blocks, and
/// how everything was before.
/// </summary>
/// <param name="slot">0 to 3; drafts that are open at the same time have different ones.</param>
/// <param name="before">The money between sites before it.</param>
/// <param name="seen">How far the others were read before it.</param>
internal sealed class SiteDraft(int slot, MoneyBetween before, SeenVector seen)
{
    private readonly Dictionary<SiteChain, (UndoLog Log, SiteChainState Before)> _chains = [];

    public MoneyBetween MoneyBefore => before;

    public SeenVector SeenBefore { get; } = seen;

    /// <summary>How far the others are read with it.</summary>
    public SeenVector Seen { get; set; } = seen;

    /// <summary>The others' blocks that it reads, in the order in which that can be done.</summary>
    public List<BlockDocument> Imports { get; } = [];

    /// <summary>Whether the own block has begun.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether one of them has entries: only then is reading alone worth a block.
    /// </summary>
    public bool ReadsEntries { get; set; }

    /// <summary>Its time is not before this, microseconds since 1970.</summary>
    public long TimeMin { get; set; }

    /// <summary>The log of a chain that it reads.</summary>
    public UndoLog LogOf(SiteChain chain)
    {
        Keep(chain);
        return _chains[chain].Log;
    }

    /// <summary>Keeps what is known of a chain before the first change.</summary>
    public void Keep(SiteChain chain)
    {
        if (!_chains.ContainsKey(chain))
            _chains.Add(chain, (new UndoLog(slot), chain.Save()));
    }

    /// <summary>What was known of a chain before it; null where it leaves it alone.</summary>
    public SiteChainState? Before(SiteChain chain) =>
        _chains.TryGetValue(chain, out var kept) ? kept.Before : null;

    /// <summary>Takes all chains back to where they were.</summary>
    public void Undo()
    {
        foreach (var (chain, (log, state)) in _chains)
        {
            // The own block becomes a link only when it is durable, and its log is its writer's.
            var isRead = log.Blocks > 0;
            if (isRead) chain.Book.Undo(log);
            chain.Restore(state, withLinks: isRead);
        }
        _chains.Clear();
    }

    /// <summary>What was read cannot be taken back any more.</summary>
    public void Commit()
    {
        foreach (var (chain, (log, _)) in _chains)
            if (log.Blocks > 0) chain.Book.Commit(log);
        _chains.Clear();
    }
}
