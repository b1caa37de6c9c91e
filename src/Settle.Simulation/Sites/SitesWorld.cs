using Settle.Chain;
using Settle.Chains;

namespace Settle.Simulation;

/// <summary>
/// One run of a ledger with sites: clients at each, blocks that travel late, doubled, out of order
/// and one way only, sites that are cut off, killed, lost, set back and cloned; then a calm in
/// which everything must be decided; then the audit. One seed gives one run.
/// </summary>
internal sealed partial class SitesWorld
{
    private const int StepsMax = 400;
    private const int CalmRounds = 500;

    private static readonly string[] Names = [SiteNames.Founder, "q", "r", "s", "t"];

    private readonly Timeline _timeline;
    private readonly List<SitePlace> _places = [];
    private readonly List<SiteClient> _clients = [];
    private readonly HashSet<(string From, string To)> _cut = [];
    private readonly Dictionary<string, SiteVerdict> _told = [];
    private readonly bool _hasFaults;
    private readonly SiteFate _fate;
    private readonly string[] _doomed;

    // A site that joins only after others have ended; null for none.
    private readonly string? _late;
    private readonly int _fateAt;
    private long _now = ChainTime.MicrosecondsPerDay * 20_000;
    private Violation? _violation;

    public SitesWorld(ulong seed, Bounds bounds, bool keepTrace)
    {
        _timeline = new Timeline(seed, bounds.Only);
        _timeline.Trace.IsKept = keepTrace;
        _hasFaults = bounds.Faults != Faults.None;
        var count = 2 + Dice.Below(int.Clamp(bounds.Servers + 1, 2, 5) - 1);
        var sites = Names.Take(count).ToList();
        foreach (var site in sites) _places.Add(new SitePlace(site, new SiteStore(site)));
        _fate = bounds.Faults.HasFlag(Faults.Crash) ? DrawFate(count) : SiteFate.None;
        _doomed = [.. sites.Skip(1).OrderBy(_ => Dice.Next())
            .Take(_fate == SiteFate.None ? 0 : _fate == SiteFate.TwoLost ? 2 : 1)];
        _fateAt = (int)Dice.Between(20, StepsMax - 20);
        _late = EndsOthers && Dice.Chance(300)
            ? sites.Skip(1).Except(_doomed).LastOrDefault() : null;
        foreach (var place in _places)
        {
            for (var left = 1 + Dice.Below(3); left > 0; left--) Start(place);
        }
        var wishes = new SiteWishes(Dice, sites, bounds.HasAllKinds);
        var first = new Queue<SiteWish>(
            sites.Skip(1).Where(site => site != _late).Select(AdditionOf));
        _clients.Add(new SiteClient(first));
        foreach (var site in sites)
        {
            for (var clients = 1 + Dice.Below(2); clients > 0; clients--)
            {
                _clients.Add(new SiteClient(new Queue<SiteWish>(Enumerable.Range(0,
                    1 + Dice.Below(bounds.Calls)).Select(_ => wishes.Next(site)))));
            }
        }
    }

    private Dice Dice => _timeline.Dice;

    /// <summary>Runs one seed.</summary>
    public static SimulatedRun Run(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new SitesWorld(seed, bounds, keepTrace);
        var run = SimulatedRun.Of(seed, world._timeline, world.Run);
        return run with { Steps = world._steps };
    }

    private Violation? Run()
    {
        for (_steps = 0; _steps < StepsMax && _violation is null; _steps++)
        {
            _now += Dice.Between(0, 400_000);
            if (_steps == _fateAt) Meet();
            Step();
        }
        if (_violation is not null) return _violation;
        if (Calm() is { } stuck) return stuck;
        return new SitesAuditor(_places, _told, _fate, _doomed).Audit();
    }

    private SiteFate DrawFate(int sites) => Dice.Below(20) switch
    {
        < 7 => SiteFate.None,
        < 10 => SiteFate.Retires,
        < 12 => SiteFate.Lost,
        < 14 => SiteFate.GivenUp,
        < 16 => sites > 2 ? SiteFate.TwoLost : SiteFate.Lost,
        < 18 => SiteFate.SetBack,
        _ => SiteFate.Cloned,
    };

    private bool EndsOthers =>
        _fate is SiteFate.Lost or SiteFate.GivenUp or SiteFate.TwoLost;

    private static SiteWish AdditionOf(string site) =>
        new($"add-{site}", SiteNames.Founder, EntryKind.Site)
        {
            Reference = site, Prefix = site + ":",
        };

    private void Start(SitePlace place) => place.Start(other => IsJoined(other, place.Name));

    private bool IsJoined(string from, string to) => !_cut.Contains((from, to))
        && !_cut.Contains((to, from));

    private void Step()
    {
        var place = Dice.Of(_places);
        switch (Dice.Below(100))
        {
            case < 22:
                Send(Dice.Of(_clients));
                break;
            case < 52:
                Write(place);
                break;
            case < 70:
                Deliver(place, Dice.Of(_places));
                break;
            case < 82:
                Pull(place, Dice.Of(_places));
                break;
            case < 92 when _hasFaults:
                Disturb(place);
                break;
            case < 97 when _hasFaults && place.Writers.Count > 0:
                var dead = Dice.Below(place.Writers.Count);
                Say(place.Writers[dead].Name, "dies");
                place.Writers.RemoveAt(dead);
                Start(place);
                break;
            default:
                if (Dice.Chance(200)) place.Backup = place.Store.Clone();
                break;
        }
    }

    private void Disturb(SitePlace place)
    {
        var other = Dice.Of(_places).Name;
        switch (Dice.Below(5))
        {
            case 0:
                Say(place.Name, "is cut off");
                foreach (var each in _places)
                {
                    _cut.Add((place.Name, each.Name));
                    _cut.Add((each.Name, place.Name));
                }
                break;
            case 1:
                Say(place.Name, $"hears nothing of {other}");
                _cut.Add((other, place.Name));
                break;
            default:
                _cut.RemoveWhere(link => link.From == place.Name || link.To == place.Name);
                break;
        }
    }

    private void Send(SiteClient client)
    {
        if (client.Pending is not { } wish) return;
        var site = client.Directed ?? wish.Site;
        if (Dice.Chance(50)) site = Dice.Of(_places).Store.Site;
        var places = _places.Where(place => place.Store.Site == site && !place.IsDead).ToList();
        if (places.Count == 0 || IsOver(site))
        {
            client.Forget();
            places = [.. _places.Where(place => place.Store.Site == SiteNames.Founder)];
        }
        var at = Dice.Of(places);
        if (at.Writers.Count == 0) Start(at);
        var writer = Dice.Of(at.Writers);
        if (writer.Waiting.Exists(waiting => waiting.Id == wish.Id)) return;
        Say("client", $"sends {writer.Name} {wish}");
        writer.Waiting.Add(wish);
    }

    // Whoever finds a site closed goes to the founder.
    private bool IsOver(string site) => _places.TrueForAll(place => place.Store.Site != site
        || place.IsDead || place.IsForked || place.Writers.Exists(writer =>
            writer.Standing is Standing.Retired or Standing.Suspended));

    private void Write(SitePlace place)
    {
        if (!place.MayWrite || place.Writers.Count == 0) return;
        var writer = Dice.Of(place.Writers);
        if (!writer.HasDraft)
        {
            writer.Decide(_now + Dice.Between(-50_000, 50_000), (wish, verdict) =>
                Tell(writer, wish, verdict));
            Look(place, writer);
            // Most are written at once, some late: then another process may be faster.
            if (!writer.HasDraft || Dice.Chance(400)) return;
        }
        if (WriteDraft(place, writer) is { } block)
            _timeline.Mix((ulong)block.Header.Hash.GetHashCode());
    }

    // It has found out by its peers' blocks what became of it.
    private void Look(SitePlace place, SiteWriter writer)
    {
        if (writer.Ledger.Refused.Count > 0 && _fate is not (SiteFate.Cloned or SiteFate.SetBack))
        {
            var (site, why) = writer.Ledger.Refused.First();
            Fail("refused", $"{writer.Name} follows {site} no further: {why}");
        }
        if (writer.Standing == Standing.Forked)
        {
            if (!place.IsForked) Say(place.Name, "learns that it has forked, and stops");
            place.IsForked = true;
        }
        if (writer.Standing != Standing.SetBack) return;
        Say(place.Name, "learns that it was set back");
        place.AskPeers();
    }

    private void Tell(SiteWriter writer, SiteWish wish, SiteVerdict verdict)
    {
        Say(writer.Name, $"answers {wish.Id}: "
            + $"{(verdict.Refusal == RefusalCode.None ? "successful" : verdict.Refusal.Text())} "
            + $"{verdict.Site}:{verdict.Height}");
        if (verdict.Height > 0)
        {
            // What a site that was given up says after its end does not count.
            var isLost = _doomed.Contains(verdict.Site);
            if (_told.TryGetValue(wish.Id, out var before) && before != verdict && !isLost
                && !_doomed.Contains(before.Site) && _fate != SiteFate.Cloned)
                Fail("told", $"{wish.Id} was {before}, then {verdict}");
            if (before is null || !isLost || _doomed.Contains(before.Site))
                _told[wish.Id] = verdict;
        }
        var teller = writer.Ledger.Own;
        foreach (var client in _clients) client.Hear(wish, verdict, teller);
    }

    private void Deliver(SitePlace from, SitePlace to)
    {
        if (from == to || !Reaches(from, to)) return;
        var blocks = from.Store.All.Where(block => block.Header.Site != to.Store.Site).ToList();
        if (blocks.Count == 0) return;
        // Newest ones mostly: older ones come again, and gaps are filled late.
        var at = blocks.Count - 1 - Dice.Below(int.Min(blocks.Count, 1 + Dice.Below(12)));
        if (to.Store.Copy(blocks[at])) Say(to.Name, $"gets {Show(blocks[at])} from {from.Name}");
    }

    private void Pull(SitePlace from, SitePlace to)
    {
        if (from == to || !Reaches(from, to)) return;
        foreach (var block in from.Store.All.ToList())
        {
            if (block.Header.Site != to.Store.Site) to.Store.Copy(block);
        }
        if (!to.MustAsk) return;
        to.TakeBack(from.Store.Site, from.Store);
        if (to.IsForked) Say(to.Name, "finds another block of its own, and stops");
        else if (to.Store.Own.Count >= to.Mark || HaveAllAnswered(to))
        {
            Say(to.Name, $"has its own {to.Store.Own.Count} blocks back");
            to.GoOn();
            Start(to);
        }
    }

    // A machine that was destroyed answers nobody, and its site is ended before anybody goes on.
    // Nor may anybody hold a newer block of it, even if those below that one are lost.
    private bool HaveAllAnswered(SitePlace place) => _places.TrueForAll(other =>
        other.Store.Site == place.Store.Site || other.IsDead
        || (place.Answered.Contains(other.Store.Site) && !other.Store.All.Any(block =>
            block.Header.Site == place.Store.Site
            && block.Header.Height > place.Store.Own.Count)));

    private bool Reaches(SitePlace from, SitePlace to) => !from.IsDead && !to.IsDead
        && !_cut.Contains((from.Name, to.Name));

    private void Fail(string rule, string message) => _violation ??= new Violation(rule, message);

    private void Say(string who, string what)
    {
        if (_timeline.Trace.IsKept) _timeline.Trace.Add(_now % 1_000_000_000, who, what);
    }

    public static string Show(BlockDocument block)
    {
        var entries = Encoding.UTF8.GetString(
            block.Body.Span[block.EntriesStart..block.EntriesEnd]);
        var seen = string.Join(' ', block.Header.Seen.Marks
            .Select(mark => $"{mark.Key}:{mark.Value.Height}"));
        return $"{block.Header.Site}:{block.Header.Height} [{entries}] {seen}";
    }
}
