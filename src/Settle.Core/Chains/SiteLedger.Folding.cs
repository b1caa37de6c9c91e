using System.Runtime.InteropServices;
using Settle.Sites;

namespace Settle.Chains;

/// <content>What blocks do: to their site's book, and between the chains (S2, S12, S13).</content>
internal sealed partial class SiteLedger
{
    private readonly RequestBatch _scratch = new();
    private readonly MovementLog _movements = new();
    private SiteDraft? _draft;

    // How far the chain whose block is being applied has read the others with it.
    private SeenVector _now = SeenVector.Empty;

    // The drafts of own blocks that are not durable yet, oldest first.
    private readonly List<SiteDraft> _drafts = [];

    /// <summary>
    /// Begins this site's own block: what has expired is free, and what others granted arrives.
    /// </summary>
    /// <param name="draft">What it has read.</param>
    /// <param name="height">Its height.</param>
    /// <param name="time">Its time, microseconds since 1970.</param>
    /// <param name="movements">Notes what happens to accounts.</param>
    /// <param name="undo">Keeps what it changes; null where it will not be taken back.</param>
    /// <param name="recovery">The word of a person that it carries; null for none.</param>
    public void BeginOwn(SiteDraft draft, long height, long time, MovementLog movements,
        UndoLog? undo, BlockRecovery? recovery = null)
    {
        draft.Keep(Mine);
        (_draft, draft.HasBegun) = (draft, true);
        _drafts.Add(draft);
        Mine.Book.BeginBlock(height, time, movements, undo, recovery);
        Arrive(Mine, height, draft.SeenBefore, draft.Seen);
    }

    /// <summary>Applies an entry that this site has decided.</summary>
    public void Apply(RequestBatch batch, in Request entry, EntryLocation location)
    {
        Mine.Book.Apply(batch, entry, location);
        Between(Mine, batch, entry, location);
    }

    /// <summary>The draft's block is durable.</summary>
    public void Commit(SiteDraft draft, BlockHash hash)
    {
        draft.Commit();
        _drafts.Remove(draft);
        Mine.Add(hash, draft.Seen);
    }

    /// <summary>Takes a draft back, newest first.</summary>
    public void TakeBack(SiteDraft draft)
    {
        _drafts.Remove(draft);
        draft.Undo();
        (Money, Seen, _draft) = (draft.MoneyBefore, draft.SeenBefore, null);
    }

    /// <summary>Reads what an own block has read that was written before.</summary>
    /// <param name="slot">0 to 3; drafts that are open together have different ones.</param>
    /// <param name="header">The block's.</param>
    /// <exception cref="FormatException">It has read what is not here.</exception>
    public SiteDraft BeginAgain(int slot, BlockHeader header)
    {
        var draft = new SiteDraft(slot, Money, Seen);
        var target = Seen.Advance(header.Seen);
        while (NextUpTo(target) is var (chain, next)) Read(draft, chain, next);
        return draft.Seen.Equals(target) ? draft
            : throw new FormatException($"block {header.Height} has read what is not here");
    }

    /// <summary>
    /// Applies an own block that another writer of this site has made, or that was taken back from
    /// a peer. There must be no draft.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="movements">Notes what happens to accounts.</param>
    /// <param name="applied">Told of each entry; null for nobody.</param>
    /// <exception cref="FormatException">
    /// It does not follow, or has read what is not here: nothing more can be written.
    /// </exception>
    public void ApplyOwn(
        BlockDocument block, MovementLog movements, EntryApplied? applied = null)
    {
        var draft = BeginAgain(slot: 0, block.Header);
        draft.Commit();
        _draft = null;
        Follow(Mine, block);
        Mine.Book.BeginBlock(block.Header.Height, block.Header.Time, movements, undo: null,
            block.Header.Recovery);
        Arrive(Mine, block.Header.Height, draft.SeenBefore, Seen);
        ApplyEntries(Mine, block, isChecked: false, applied);
        Mine.Add(block.Header.Hash, Seen);
        if (_setBackTo is { } mark && mark.Height <= Mine.Height)
        {
            _isForked = Mine.HashAt(mark.Height) != mark.Hash;
            _setBackTo = null;
        }
    }

    // Imports come in the order in which everybody makes them: what a block needs comes before it.
    private (SiteChain Chain, BlockDocument Block)? NextUpTo(SeenVector target)
    {
        KnowSites();
        foreach (var (site, mark) in target.Marks)
        {
            if (Chain(site) is not { } chain || chain.Height >= mark.Height) continue;
            var hash = Ancestor(site, mark, chain.Height + 1);
            var block = _copies.At(site, chain.Height + 1)
                .FirstOrDefault(body => body.Header.Hash == hash);
            if (block is not null && IsClosed(block)) return (chain, block);
        }
        return null;
    }

    /// <summary>Folds another site's block, deciding again what it lets through.</summary>
    /// <exception cref="FormatException">It is not what its writer may write.</exception>
    private void Fold(SiteChain chain, BlockDocument block, SiteDraft draft)
    {
        var header = block.Header;
        _draft = draft;
        var log = draft.LogOf(chain);
        Follow(chain, block);
        CheckSeen(chain, header);
        var before = chain.Seen;
        var seen = before.Advance(header.Seen);
        if (chain != Main && chain.Height == 0) CheckFirst(chain, block);
        chain.Book.BeginBlock(header.Height, header.Time, _movements, log,
            header.Recovery);
        Arrive(chain, header.Height, before, seen);
        ApplyEntries(chain, block, isChecked: true);
        chain.Add(header.Hash, seen);
    }

    private static void Follow(SiteChain chain, BlockDocument block)
    {
        var header = block.Header;
        if (header.Height != chain.Height + 1 || header.Prev != chain.Tip.Hash
            || header.Site != chain.Site || chain.HasRetired)
        {
            throw new FormatException(
                $"block {header.Height} of {header.Site} does not follow block {chain.Height}");
        }
        if (header.Time < chain.Book.Time && header.Recovery is not { SetsClock: true })
            throw new FormatException($"the time of block {header.Height} goes back");
    }

    // S5: what the blocks had read that it has read, it has read too.
    private void CheckSeen(SiteChain chain, BlockHeader header)
    {
        var seen = chain.Seen.Advance(header.Seen);
        foreach (var (site, mark) in header.Seen.Marks)
        {
            if (site == chain.Site || mark.Height <= chain.Seen[site].Height)
                throw new FormatException($"block {header.Height} reads {site} backwards");
            foreach (var (other, theirs) in Chain(site)!.SeenAt(mark.Height).Marks)
            {
                var known = other == chain.Site ? chain.Height : seen[other].Height;
                if (theirs.Height > known)
                {
                    throw new FormatException(
                        $"block {header.Height} has read {site} and not what {site} had read");
                }
            }
        }
    }

    private void CheckFirst(SiteChain chain, BlockDocument block)
    {
        _scratch.Clear();
        if (block.EntriesEnd > block.EntriesStart)
            EntryReader.Read(block.Body.Span[block.EntriesStart..], _scratch);
        if (_scratch.Count == 0 || _scratch[0].Kind != EntryKind.Join)
            throw new FormatException($"{chain.Site} does not join");
        if (_scratch.Text(_scratch.Site(_scratch[0]).Ledger) != Main.HashAt(1).ToString())
            throw new FormatException($"{chain.Site} joins another ledger");
        if (!Table.TryFind(chain.Site, out var row)
            || block.Header.Seen[SiteNames.Founder].Height < row.AddedAt)
            throw new FormatException($"{chain.Site} joins before it was added");
    }

    /// <summary>What reading others does to a chain, once it has begun the block that says so.
    /// </summary>
    private void Arrive(SiteChain chain, long height, SeenVector before, SeenVector after)
    {
        _now = after;
        if (chain != Main && after[SiteNames.Founder] != before[SiteNames.Founder])
        {
            chain.Book.LearnAssets(Main.Book.Assets);
            chain.Book.IsStrict = Main.Book.IsStrict;
        }
        foreach (var (giver, mark) in after.Marks)
        {
            if (mark.Height > before[giver].Height)
                Receive(chain, height, giver, chain.Site, mark.Height);
        }
        if (chain != Main) return;
        foreach (var other in _chains)
        {
            if (other is { HasRetired: true, IsTaken: false }
                && after[other.Site].Height == other.Height)
                Take(other, height, after);
            else if (other.IsTaken)
                ReceiveFor(other, height, after);
        }
    }

    private void Receive(SiteChain chain, long height, string giver, string taker, long read)
    {
        Money = Money.Read(giver, taker, read, out var arrived);
        foreach (var grant in arrived) chain.Book.Receive(height, grant);
    }

    // Whatever is under way to a site that is no more is the founder's.
    private void ReceiveFor(SiteChain ended, long height, SeenVector seen)
    {
        foreach (var giver in _chains)
        {
            Receive(Main, height, giver.Site, ended.Site,
                giver == Main ? long.MaxValue : seen[giver.Site].Height);
        }
    }

    private void Take(SiteChain ended, long height, SeenVector seen)
    {
        _draft?.Keep(ended);
        ended.IsTaken = true;
        Main.Book.Inherit(height, ended.Book);
        Money = Money.PassOn(ended.Site, Main.Site);
        ReceiveFor(ended, height, seen);
    }

    private void ApplyEntries(
        SiteChain chain, BlockDocument block, bool isChecked, EntryApplied? applied = null)
    {
        var bytes = block.Body.Span;
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            _scratch.Clear();
            var location = new EntryLocation(block.Header.Height, at);
            at += EntryReader.Read(bytes[at..], _scratch);
            ref var entry = ref _scratch[0];
            if (chain.HasRetired)
                throw new FormatException($"{chain.Site} goes on after it retired");
            if (isChecked) CheckPlace(chain, entry);
            chain.Book.Resolve(_scratch, ref entry);
            if (isChecked) CheckAssets(chain, entry);
            chain.Book.Apply(_scratch, entry, location);
            if (isChecked) CheckFloors(chain, entry);
            Between(chain, _scratch, entry, location);
            applied?.Invoke(_scratch, entry, location);
        }
    }

    // Own ids are in the index of whoever asks for it; the founder's that name a site are compared
    // with that site's.
    private bool KeepsId(SiteChain chain, ReadOnlySpan<byte> id) => chain != Mine
        || _keepsOwnIds || (Mine == Main && !SiteNames.TagOf(id).IsEmpty);

    /// <summary>What an entry does beside its own chain's book.</summary>
    private void Between(
        SiteChain chain, RequestBatch batch, in Request entry, EntryLocation location)
    {
        chain.LastWritten = location.Height;
        if (entry.Kind.IsAsked() && KeepsId(chain, batch.Bytes(entry.Id)))
            chain.Ids.Add(batch.Bytes(entry.Id), location);
        if (entry.Refusal != RefusalCode.None) return;
        switch (entry.Kind)
        {
            case EntryKind.Ask:
                Money = Money.Ask(new Shared(batch.Text(entry.To), chain.Site,
                    batch.Text(entry.From), batch.Text(entry.Asset)), entry.Amount,
                    chain.Book.Time);
                break;
            case EntryKind.Grant:
                Give(chain, batch, entry, location.Height);
                break;
            case EntryKind.Site when !batch.Site(entry).Prefix.IsEmpty:
                Money = Money.EndStanding(batch.Text(batch.Site(entry).Prefix));
                break;
            case EntryKind.Retire:
                chain.HasRetired = true;
                break;
            case EntryKind.End:
                End(batch, entry, location.Height);
                break;
            case EntryKind.Fork:
                LearnFork(chain, batch, entry, location.Height);
                break;
            default:
                break;
        }
    }

    private void Give(SiteChain chain, RequestBatch batch, in Request entry, long height)
    {
        var what = new Shared(chain.Site, batch.Text(entry.To), batch.Text(entry.From),
            batch.Text(entry.Asset));
        if (entry.Amount > 0) Money = Money.Grant(height, what, entry.Amount, chain.Book.Time);
        ref readonly var terms = ref batch.Site(entry);
        if (terms.IsStanding) Money = Money.Keep(what, terms.Level, chain.Book.Time);
    }

    // The founder decides an end in a block whose imports are behind it.
    private void End(RequestBatch batch, in Request entry, long height)
    {
        ref readonly var terms = ref batch.Site(entry);
        var name = batch.Text(terms.Name);
        KnowSites();
        var ended = Chain(name) ?? throw new FormatException($"{name} ends and was never added");
        if (ended == Mine) return;
        if (ended.Height != terms.Height)
            throw new FormatException($"{name} ends at {terms.Height}, read up to {ended.Height}");
        if (ended.Height > 0 && ended.Tip.Hash.ToString() != batch.Text(terms.Hash))
            throw new FormatException($"{name} ends with another block than was read");
        Take(ended, height, _now);
    }

    private void LearnFork(
        SiteChain chain, RequestBatch batch, in Request entry, long height)
    {
        ref readonly var terms = ref batch.Site(entry);
        using var json = JsonDocument.Parse(batch.Bytes(terms.Hashes).ToArray());
        var hashes = json.RootElement;
        if (hashes.ValueKind != JsonValueKind.Array || hashes.GetArrayLength() != 2
            || !TryRead(hashes[0], out var one) || !TryRead(hashes[1], out var other))
            throw new FormatException("a fork names no two blocks");
        chain.Record(batch.Text(terms.Name), height);
        NoteFork(batch.Text(terms.Name), terms.Height, one, other);
    }

    private static bool TryRead(JsonElement json, out BlockHash hash)
    {
        hash = BlockHash.None;
        return json.ValueKind == JsonValueKind.String
            && BlockHash.TryParse(JsonMarshal.GetRawUtf8Value(json)[1..^1], out hash);
    }
}
