using Settle.Chains;
using Settle.Sites;

namespace Settle.Settling;

/// <content>
/// What a block at one of several sites has beside requests: what it reads of the others, what it
/// grants and asks for (S1 to S13 in Core/Chains).
/// </content>
internal sealed partial class Drafter
{
    // With a block, and more the longer ago the one before was: all of a million in a minute or so,
    // and never so many that settling waits.
    private const int TopUpsLookedAt = 100;
    private const int TopUpsLookedAtMax = 5000;
    private const int TopUpsASecond = 20_000;

    private readonly RequestBatch _own = new();
    private long _toppedUp;
    private int _topUpAt;
    private bool _isParked;
    private int _shareAt;
    private bool _hasShared;

    /// <summary>What waits for money of other sites.</summary>
    public SiteWaiting SiteWaiting { get; } = new(clock);

    /// <summary>Whether a site was heard of lately: nobody waits for one that is away.</summary>
    public Func<string, bool> IsHeard { get; set; } = _ => true;

    private async ValueTask ReadAheadAsync(SiteLedger sites, WaitingJobs waiting)
    {
        await state.Copies!.FetchAsync(sites, CancellationToken.None).ConfigureAwait(false);
        SiteWaiting.PutBack(waiting);
        (_shareAt, _hasShared) = (0, false);
    }

    private void BeginReading(SiteLedger sites, Draft draft, long height)
    {
        var reading = sites.Begin(draft.Slot, draft.Time
            + (Limits.ClockToleranceSeconds * ChainTime.MicrosecondsPerSecond));
        if (Standings.Why(sites) is { } stopped)
        {
            sites.TakeBack(reading);
            _free.Push(draft);
            throw stopped;
        }
        draft.Reading = reading;
        draft.Time = long.Max(draft.Time, reading.TimeMin);
        draft.Builder.Begin(
            state.Site, height, version: null, reading.Seen.Since(reading.SeenBefore));
        sites.BeginOwn(
            reading, height, draft.Time, draft.Movements, draft.Undo, draft.Recovery);
    }

    // What a site writes of itself: that it joins, and who was found to have forked.
    private void WriteFirst(Draft draft)
    {
        var sites = state.Sites!;
        if (draft.Builder.Height == 1 && sites.Mine != sites.Main)
        {
            _own.Clear();
            ref var join = ref _own.Add(EntryKind.Join);
            JoinKind.Fill(_own, ref join, sites.Main.HashAt(1));
            Record(draft);
        }
        foreach (var (site, fork) in sites.Forks)
        {
            if (sites.Mine.HasRecorded(site)) continue;
            _own.Clear();
            ref var request = ref _own.Add(EntryKind.Fork);
            ForkKind.Fill(_own, ref request, site, fork.Height, (fork.First, fork.Second));
            Record(draft);
        }
    }

    // S9: those for which this site had asked come first. Who sent several at once has them decided
    // in order.
    private void PutAskedFirst(int count)
    {
        if (_hasShared || !HasAsks) return;
        var sharing = Sharing();
        var asked = new List<WaitingRequest>();
        var fresh = new List<WaitingRequest>();
        foreach (var waiting in _chunk.AsSpan(0, count))
            (IsAskedFor(sharing, waiting) ? asked : fresh).Add(waiting);
        _shareAt = asked.Count;
        asked.AddRange(fresh);
        asked.CopyTo(_chunk);
    }

    private bool HasAsks =>
        state.Sites!.Money.AllAsks.Any(ask => ask.Key.Taker == state.Site);

    private bool IsAskedFor(SiteSharing sharing, WaitingRequest waiting)
    {
        var (batch, request) = (waiting.Job.Batch, waiting.Request);
        if (batch.Count > 1) return false;
        return sharing.HasAsked(SiteWaiting.NeedsOf(batch.Text(request.Id))
            ?? NeedsOf(batch, request));
    }

    private List<Need> NeedsOf(RequestBatch batch, in Request request)
    {
        if (request.Kind != EntryKind.Transaction)
            return [new Need(batch.Text(request.From), CodeOf(batch, request.Asset), 0)];
        var needs = new List<Need>();
        foreach (ref var posting in batch.Postings(request))
            needs.Add(new Need(batch.Text(posting.From), CodeOf(batch, posting.Asset), 0));
        return needs;
    }

    // Grants name the default asset by nothing.
    private string CodeOf(RequestBatch batch, Slice asset)
    {
        var code = batch.Text(asset);
        return state.Book.Assets.Count > 0 && code == state.Book.Assets[0].Code ? "" : code;
    }

    private SiteSharing Sharing() => new(state.Sites!, SiteWaiting.HasAsked, IsHeard);

    private void ShareBefore(Draft draft, int index)
    {
        if (_hasShared || index < _shareAt) return;
        _hasShared = true;
        Share(draft, Sharing().Grants(SiteWaiting.Wanted()), EntryKind.Grant);
    }

    private void FinishSharing(Draft draft)
    {
        lock (state.Lock)
        {
            if (state.Sites!.Mine.HasRetired) return;
            ShareBefore(draft, _shareAt);
            TopUp(draft);
            var asks = Sharing().Asks(SiteWaiting.Wanted());
            Share(draft, asks, EntryKind.Ask);
            foreach (var (what, amount) in asks) SiteWaiting.Note(what, amount);
            foreach (var part in draft.Parts)
            {
                for (var i = part.First; i < part.First + part.Count; i++)
                {
                    if (part.Job.Verdicts[i] is not { Detail: HereShortfall shortfall } verdict)
                        continue;
                    part.Job.Verdicts[i] = verdict with { Detail = WithAsked(shortfall) };
                }
            }
        }
    }

    private void TopUp(Draft draft)
    {
        var all = state.Sites!.Money.Standing.Count;
        if (all == 0) return;
        var rest = clock.GetElapsedTime(_toppedUp);
        _toppedUp = clock.GetTimestamp();
        var count = int.Min(all, TopUpsLookedAt + (int)double.Min(
            TopUpsLookedAtMax - TopUpsLookedAt, rest.TotalSeconds * TopUpsASecond));
        Share(draft, Sharing().TopUps(SiteWaiting.Wanted(), _topUpAt, count), EntryKind.Grant);
        _topUpAt = (_topUpAt + count) % all;
    }

    private HereShortfall WithAsked(HereShortfall shortfall)
    {
        var asset = shortfall.Needed.Asset == state.Book.Assets[0].Code
            ? "" : shortfall.Needed.Asset!;
        return shortfall with
        {
            Asked = [.. state.Sites!.Money.AllAsks.Where(ask => ask.Key.Taker == state.Site
                && ask.Key.Account == shortfall.Account && ask.Key.Asset == asset)
                .Select(ask => ask.Key.Giver).Distinct()],
        };
    }

    private void Share(Draft draft, List<(Shared What, long Amount)> list, EntryKind kind)
    {
        foreach (var (what, amount) in list)
        {
            _own.Clear();
            ref var request = ref _own.Add(kind);
            GrantKind.Fill(_own, ref request, what.Account, what.Asset,
                kind == EntryKind.Grant ? what.Taker : what.Giver, amount);
            Record(draft);
        }
    }

    // Nobody has asked for it: it is not decided, and has no id.
    private void Record(Draft draft)
    {
        ref var entry = ref _own[0];
        state.Book.Resolve(_own, ref entry);
        var location = draft.Builder.NextLocation;
        draft.Builder.Append(_own, entry);
        state.Sites!.Apply(_own, entry, location);
    }

    private static Verdict DecidedElsewhere(
        Job job, ref Request request, RecalledEntry prior, string? field, string site)
    {
        request.Prior = default;
        job.DifferingField = field;
        return new Verdict(field is null ? prior.Entry.Refusal : RefusalCode.IdReused,
            prior.Height, field is null) { Detail = new DecidedAt(site, null) };
    }

    private Verdict NotRecorded(SiteLedger sites, Job job, int index, RefusalCode refusal)
    {
        var elsewhere = _decider.Elsewhere;
        if (refusal == RefusalCode.InsufficientHere && elsewhere is not null)
        {
            _isParked = SiteWaiting.Want(new WaitingRequest(job, index), elsewhere.Needs);
            return new Verdict(refusal, 0, false) { Detail = ShortHere(sites, elsewhere.Needs) };
        }
        return new Verdict(refusal, 0, false)
        {
            Detail = elsewhere?.Site is { } site ? At(sites, site) : null,
        };
    }

    private HereShortfall? ShortHere(SiteLedger sites, IReadOnlyList<Need> needs)
    {
        foreach (var need in needs)
        {
            if (sites.RoomAt(state.Site, need.Account, need.Asset) is not { } here
                || here >= need.Amount)
                continue;
            Int128? total = here;
            foreach (var chain in sites.Chains)
            {
                if (chain == sites.Mine || !sites.IsActive(chain.Site)) continue;
                total = sites.RoomAt(chain.Site, need.Account, need.Asset) is { } room
                    ? total + Int128.Max(room, 0) : null;
            }
            var asset = state.Book.Assets[need.Asset.Length == 0
                ? 0 : state.Book.Assets.Find(Encoding.UTF8.GetBytes(need.Asset))];
            return new HereShortfall
            {
                Account = need.Account, Here = asset.Of(here), Needed = asset.Of(need.Amount),
                Total = total is { } sum ? Spendable.Of(asset.Of(sum)) : Spendable.Unlimited,
            };
        }
        return null;
    }

    // What all sites could spend together, as far as was read: that was too little.
    private Shortage InAll(SiteLedger sites, Shortage shortage)
    {
        var name = state.Book.AccountNameBytes(shortage.Account);
        var elsewhere = sites.MayArrive(state.Book.FindPosition(shortage.Account, shortage.Asset));
        return shortage with
        {
            Spendable = shortage.Spendable + (elsewhere ?? 0),
            Exists = shortage.Exists || sites.ExistsElsewhere(name),
        };
    }

    // A person gives a site an allowance.
    private Verdict Allow(SiteLedger sites, Draft draft, RequestBatch batch, ref Request request)
    {
        var mentioned = state.Book.Mentioned;
        state.Book.Normalize(batch, ref request);
        state.Book.Resolve(batch, ref request);
        var decided = SiteAllowanceRules.Decide(sites, batch, ref request);
        if (!decided.IsRecorded)
        {
            var verdict = new Verdict(
                decided.Refusal, 0, Replayed: decided.Refusal == RefusalCode.None)
            {
                Detail = decided switch
                {
                    { Home: { } home } => At(sites, home),
                    { Refusal: RefusalCode.InsufficientFunds } =>
                        Shortfall(batch, request, decided),
                    _ => null,
                },
            };
            state.Book.Forget(mentioned);
            return verdict;
        }
        var location = draft.Builder.NextLocation;
        draft.Builder.Append(batch, request);
        sites.Apply(batch, request, location);
        return new Verdict(RefusalCode.None, location.Height, false);
    }

    private Shortfall Shortfall(
        RequestBatch batch, in Request request, in AllowanceVerdict decided)
    {
        var asset = state.Book.Assets[state.Book.Position(request.FromPosition).Asset];
        return new Shortfall
        {
            Account = batch.Text(request.From), Spendable = asset.Of(decided.Room),
            Needed = asset.Of(decided.Missing),
        };
    }

    private static DecidedAt At(SiteLedger sites, string site) => new(site,
        sites.Table.TryFind(site, out var row) && row.Url.Length > 0 ? row.Url : null);
}
