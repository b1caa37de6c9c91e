using Settle.Chain;
using Settle.Chains;
using Settle.Sites;

namespace Settle.Simulation;

/// <summary>
/// One process of a site: reads what the store has, decides what waits into the next block, writes
/// it, and takes it back where another process was faster. All rules are the product's.
/// </summary>
internal sealed class SiteWriter
{
    private readonly SiteStore _store;
    private readonly SiteLedger _ledger;
    private readonly SiteHistory _history;
    private readonly Decider _decider;
    private readonly BlockBuilder _builder = new();
    private readonly UndoLog _undo = new(0);
    private readonly MovementLog _movements = new();
    private readonly HashSet<Shared> _asked = [];

    // What a request took when it was decided last: of a revert the request itself does not say.
    private readonly Dictionary<string, IReadOnlyList<Need>> _needs = [];
    private readonly List<(SiteWish Wish, SiteVerdict Verdict)> _answers = [];
    private SiteDraft? _draft;
    private long _time;

    public SiteWriter(string name, SiteStore store)
    {
        (Name, _store) = (name, store);
        var book = new Book();
        _ledger = new SiteLedger(store.Site, book, store);
        _history = new SiteHistory(_ledger, store);
        _decider = new Decider(book, _history) { Others = _ledger };
    }

    public string Name { get; }

    public SiteLedger Ledger => _ledger;

    /// <summary>Whether it could write, when it last tried to.</summary>
    public Standing Standing { get; private set; }

    /// <summary>The requests that wait here.</summary>
    public List<SiteWish> Waiting { get; } = [];

    /// <summary>Whether a block is made and not yet written.</summary>
    public bool HasDraft => _draft is not null;

    /// <summary>Whether a site was heard of lately.</summary>
    public Func<string, bool> IsHeard { get; set; } = _ => true;

    /// <summary>Reads the own blocks that other processes of this site have written.</summary>
    public void CatchUp()
    {
        while (_ledger.Mine.Height < _store.Own.Count)
            _ledger.ApplyOwn(_store.Own[(int)_ledger.Mine.Height], new MovementLog());
    }

    /// <summary>
    /// Makes the next block of what waits; false where there is nothing to write. Nobody hears
    /// anything of it before it is written, but for what was decided before.
    /// </summary>
    /// <param name="now">Its clock, microseconds since 1970.</param>
    /// <param name="replay">Told what was decided before, or is decided elsewhere.</param>
    public bool Decide(long now, Action<SiteWish, SiteVerdict> replay)
    {
        CatchUp();
        var draft = _ledger.Begin(slot: 0, now + (300 * ChainTime.MicrosecondsPerSecond));
        Standing = _ledger.Standing;
        if (Standing != Standing.Well
            || (_store.Own.Count == 0 && _ledger.Mine != _ledger.Main && !_ledger.HasSites))
        {
            _ledger.TakeBack(draft);
            return false;
        }
        _time = long.Max(long.Max(now, _ledger.Mine.Book.Time), draft.TimeMin);
        var height = _ledger.Mine.Height + 1;
        _builder.Begin(_store.Site, height, null, draft.Seen.Since(draft.SeenBefore));
        _ledger.BeginOwn(draft, height, _time, _movements, _undo);
        (_draft, _history.Draft) = (draft, _builder);
        _answers.Clear();
        if (height == 1) WriteFirst();
        foreach (var (site, fork) in _ledger.Forks) WriteFork(site, fork);
        DecideAll(replay);
        if (_builder.EntryCount > 0 || draft.ReadsEntries) return true;
        TakeBack();
        return false;
    }

    /// <summary>Writes the block that was made.</summary>
    /// <param name="answer">Told the verdicts, once they are durable.</param>
    /// <returns>The block; null where another process was faster.</returns>
    public BlockDocument? Write(Action<SiteWish, SiteVerdict> answer)
    {
        var header = _builder.Seal(_store.Site, _ledger.Mine.Tip.Hash, _time, Name);
        var block = BlockDocument.Parse(_builder.Id, _builder.Body.ToArray(), keepsBytes: true);
        if (!_store.Create(block))
        {
            TakeBack();
            return null;
        }
        _ledger.Mine.Book.Commit(_undo);
        _ledger.Commit(_draft!, header.Hash);
        (_draft, _history.Draft) = (null, null);
        foreach (var (wish, verdict) in _answers)
        {
            Waiting.Remove(wish);
            answer(wish, verdict);
        }
        return block;
    }

    /// <summary>Forgets the block that was made.</summary>
    public void TakeBack()
    {
        _ledger.Mine.Book.Undo(_undo);
        _ledger.TakeBack(_draft!);
        (_draft, _history.Draft) = (null, null);
    }

    private void WriteFirst()
    {
        var batch = new RequestBatch();
        if (_ledger.Mine == _ledger.Main)
        {
            ref var request = ref batch.Add(EntryKind.Ledger);
            LedgerEntry.Fill(batch, ref request, "USD", 2);
            Record(batch);
            return;
        }
        ref var join = ref batch.Add(EntryKind.Join);
        JoinKind.Fill(batch, ref join, _ledger.Main.HashAt(1));
        Record(batch);
    }

    private void WriteFork(string site, SiteFork fork)
    {
        if (_ledger.Mine.HasRecorded(site)) return;
        var batch = new RequestBatch();
        ref var request = ref batch.Add(EntryKind.Fork);
        ForkKind.Fill(batch, ref request, site, fork.Height, (fork.First, fork.Second));
        Record(batch);
    }

    private void DecideAll(Action<SiteWish, SiteVerdict> replay)
    {
        var sharing = new SiteSharing(_ledger, _asked.Contains, IsHeard);
        var fresh = new List<SiteWish>();
        var waits = new List<WaitingHere>();
        foreach (var wish in Waiting.ToList())
        {
            var needs = _needs.GetValueOrDefault(wish.Id) ?? NeedsOf(wish);
            if (sharing.HasAsked(needs)) Decide(wish, waits, replay);
            else fresh.Add(wish);
        }
        // Those that are decided after the grants may have to wait too, and keep what they need.
        Share(sharing.Grants(waits), EntryKind.Grant);
        foreach (var wish in fresh) Decide(wish, waits, replay);
        if (_ledger.Mine.HasRetired) return;
        Share(sharing.TopUps(waits, 0, int.MaxValue), EntryKind.Grant);
        var asks = sharing.Asks(waits);
        Share(asks, EntryKind.Ask);
        foreach (var (what, amount) in asks)
        {
            if (amount == 0) _asked.Remove(what);
            else _asked.Add(what);
        }
    }

    private static List<Need> NeedsOf(SiteWish wish) => wish.Kind switch
    {
        EntryKind.Account => [new Need(wish.Reference, "", 0)],
        EntryKind.Grant => [],
        _ => [.. wish.Postings.Select(posting => new Need(posting.From, "", posting.Amount))],
    };

    private void Share(List<(Shared What, long Amount)> list, EntryKind kind)
    {
        foreach (var (what, amount) in list)
        {
            var batch = new RequestBatch();
            ref var request = ref batch.Add(kind);
            GrantKind.Fill(batch, ref request, what.Account, what.Asset,
                kind == EntryKind.Grant ? what.Taker : what.Giver, amount);
            Record(batch);
        }
    }

    private void Decide(
        SiteWish wish, List<WaitingHere> waits, Action<SiteWish, SiteVerdict> replay)
    {
        if (_ledger.Mine.HasRetired) return;
        if (_ledger.Decided(Encoding.UTF8.GetBytes(wish.Id)) is { } prior)
        {
            // What this block decides is told with it.
            if (prior.Chain != _ledger.Mine || prior.Location.Height < _builder.Height)
                Told(wish, new SiteVerdict(VerdictAt(prior), prior.Chain.Site,
                    prior.Location.Height), replay);
            return;
        }
        var batch = wish.Fill();
        ref var request = ref batch[0];
        var book = _ledger.Mine.Book;
        var before = book.Mentioned;
        book.Normalize(batch, ref request);
        book.Resolve(batch, ref request);
        if (wish.Kind == EntryKind.Grant)
        {
            Allow(wish, batch, before, replay);
            return;
        }
        var refusal = _decider.Decide(batch, ref request);
        if (refusal.IsRecorded())
        {
            Record(batch);
            _answers.Add((wish, new SiteVerdict(refusal, _store.Site, _builder.Height)));
            return;
        }
        book.Forget(before);
        var elsewhere = _decider.Elsewhere;
        if (refusal == RefusalCode.InsufficientHere)
        {
            _needs[wish.Id] = elsewhere!.Needs;
            waits.Add(new WaitingHere(wish.Id, elsewhere.Needs));
        }
        else if (refusal == RefusalCode.NotHere)
            Told(wish, new SiteVerdict(refusal, elsewhere!.Site!, 0), replay);
    }

    // It has no id: whoever is not answered asks again.
    private void Allow(SiteWish wish, RequestBatch batch,
        (int Accounts, int Positions, int Assets) before, Action<SiteWish, SiteVerdict> replay)
    {
        var decided = SiteAllowanceRules.Decide(_ledger, batch, ref batch[0]);
        var verdict = new SiteVerdict(decided.Refusal, decided.Home ?? _store.Site, 0);
        if (decided.IsRecorded)
        {
            Record(batch);
            _answers.Add((wish, verdict));
            return;
        }
        _ledger.Mine.Book.Forget(before);
        Told(wish, verdict, replay);
    }

    private void Told(
        SiteWish wish, SiteVerdict verdict, Action<SiteWish, SiteVerdict> replay)
    {
        Waiting.Remove(wish);
        replay(wish, verdict);
    }

    private RefusalCode VerdictAt((SiteChain Chain, EntryLocation Location) place)
    {
        var block = _store.At(place.Chain.Site, place.Location.Height)
            .First(body => body.Header.Hash == place.Chain.HashAt(place.Location.Height));
        var batch = new RequestBatch();
        EntryReader.Read(block.Body.Span[place.Location.Offset..], batch);
        return batch[0].Refusal;
    }

    private void Record(RequestBatch batch)
    {
        ref var request = ref batch[0];
        // What a site writes of itself is not decided; its accounts are looked up all the same.
        if (!request.Kind.IsAsked() || request.Kind == EntryKind.Ledger)
            _ledger.Mine.Book.Resolve(batch, ref request);
        var location = _builder.NextLocation;
        _builder.Append(batch, request);
        _ledger.Apply(batch, request, location);
    }
}
