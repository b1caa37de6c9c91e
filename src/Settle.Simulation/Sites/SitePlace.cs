using Settle.Chain;

namespace Settle.Simulation;

/// <summary>One machine of a site: its store, and the processes that write there.</summary>
/// <param name="name">Of the machine: a clone has another name than its site.</param>
/// <param name="store">What it keeps.</param>
internal sealed class SitePlace(string name, SiteStore store)
{
    private int _started;

    public string Name => name;

    public SiteStore Store { get; private set; } = store;

    public List<SiteWriter> Writers { get; } = [];

    /// <summary>Whether it was destroyed.</summary>
    public bool IsDead { get; set; }

    /// <summary>
    /// Whether it must get its own blocks back from its peers before it writes: those that answered
    /// since then are in <see cref="Answered"/>.
    /// </summary>
    public bool MustAsk { get; private set; }

    /// <summary>The peers that have handed over what they have of this site.</summary>
    public HashSet<string> Answered { get; } = [];

    /// <summary>The newest own height that was written here, noted beside the store.</summary>
    public long Mark { get; set; }

    /// <summary>What its store was at some time.</summary>
    public SiteStore? Backup { get; set; }

    /// <summary>Whether it has found out that another machine wrote as the same site.</summary>
    public bool IsForked { get; set; }

    public bool MayWrite => !IsDead && !IsForked && !MustAsk;

    /// <summary>Starts a process.</summary>
    public SiteWriter Start(Func<string, bool> isHeard)
    {
        var writer = new SiteWriter($"{name}{++_started}", Store) { IsHeard = isHeard };
        Writers.Add(writer);
        return writer;
    }

    /// <summary>Puts an older store in the place of this one; nothing that ran goes on.</summary>
    /// <param name="older">The older store.</param>
    /// <param name="withMark">Whether the note beside it is as old.</param>
    public void SetBack(SiteStore older, bool withMark)
    {
        Store = older;
        Writers.Clear();
        if (withMark) Mark = Store.Own.Count;
        else if (Mark > Store.Own.Count) AskPeers();
    }

    /// <summary>Own blocks are missing here.</summary>
    public void AskPeers()
    {
        MustAsk = true;
        Answered.Clear();
    }

    /// <summary>A peer hands over what it has of this site's own chain.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="theirs">Its store.</param>
    public void TakeBack(string peer, SiteStore theirs)
    {
        while (MustAsk && !IsForked)
        {
            var height = Store.Own.Count + 1;
            var tip = height == 1 ? BlockHash.None : Store.Own[^1].Header.Hash;
            var bodies = theirs.At(Store.Site, height);
            if (bodies.Count == 0) break;
            var next = bodies.FirstOrDefault(body => body.Header.Prev == tip);
            // It wrote something else before it knew: two branches, and nobody merges them.
            if (next is null || bodies.Count > 1) IsForked = true;
            // What it had read has to be here first (S7); another peer brings it.
            else if (!HasRead(next)) return;
            else Store.Create(next);
        }
        Answered.Add(peer);
    }

    private bool HasRead(BlockDocument block)
    {
        foreach (var (site, mark) in block.Header.Seen.Marks)
        {
            for (var height = 1L; height <= mark.Height; height++)
                if (Store.At(site, height).Count == 0) return false;
        }
        return true;
    }

    /// <summary>Every active site has answered: nobody has more of this chain.</summary>
    public void GoOn()
    {
        MustAsk = false;
        Mark = Store.Own.Count;
        Writers.Clear();
    }
}
