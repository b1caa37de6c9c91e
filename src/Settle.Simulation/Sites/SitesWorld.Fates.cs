using Settle.Chain;

namespace Settle.Simulation;

/// <content>What happens to sites, and the calm at the end.</content>
internal sealed partial class SitesWorld
{
    private int _steps;

    private void Meet()
    {
        foreach (var site in _doomed)
        {
            var place = _places.First(each => each.Name == site);
            Say(site, $"meets its fate: {_fate}");
            switch (_fate)
            {
                case SiteFate.Retires:
                    Order(new SiteWish(SiteWishes.IdOf($"retire-{site}", site), site,
                        EntryKind.Retire));
                    break;
                case SiteFate.Lost or SiteFate.TwoLost:
                    place.IsDead = true;
                    break;
                case SiteFate.SetBack:
                    ForgetLost(place, place.Backup?.Own.Count ?? 0);
                    place.SetBack(place.Backup ?? new SiteStore(site), withMark: Dice.Chance(400));
                    if (!place.MustAsk) Start(place);
                    break;
                case SiteFate.Cloned:
                    var clone = new SitePlace(site + "'", place.Store.Clone())
                    {
                        Mark = place.Mark,
                    };
                    _places.Add(clone);
                    Start(clone);
                    break;
                default:
                    break;
            }
        }
        if (!EndsOthers) return;
        foreach (var (kind, again) in (ReadOnlySpan<(EntryKind, string)>)
            [(EntryKind.Suspend, ""), (EntryKind.End, ""), (EntryKind.End, "again-")])
        {
            foreach (var site in _doomed)
            {
                // Whoever adds the sites gives them up too, one thing after the other.
                _clients[0].Want(new SiteWish($"{kind.Text()}-{again}{site}",
                    SiteNames.Founder, kind) { Reference = site });
            }
        }
        if (_late is not null) _clients[0].Want(AdditionOf(_late));
    }

    // What was only on the disk that is gone is gone, whoever was told.
    private void ForgetLost(SitePlace place, int kept)
    {
        foreach (var (id, verdict) in _told.ToList())
        {
            if (verdict.Site == place.Store.Site && Enumerable.Range(kept + 1,
                (int)long.Max(0, verdict.Height - kept)).Any(height => !IsKept(place, height)))
                _told.Remove(id);
        }
    }

    private bool IsKept(SitePlace place, long height) => _places.Exists(other => other != place
        && !other.IsDead && other.Store.At(place.Store.Site, height).Count > 0);

    private void Order(SiteWish wish) => _clients.Add(new SiteClient(new Queue<SiteWish>([wish])));

    /// <summary>Nothing fails from here on: everything must be decided.</summary>
    private Violation? Calm()
    {
        Say("world", "nothing fails from here on");
        _cut.Clear();
        var quiet = 0;
        for (var round = 0; round < CalmRounds && _violation is null; round++)
        {
            _now += ChainTime.MicrosecondsPerSecond;
            var before = _places.Sum(place => place.Store.Own.Count);
            foreach (var from in _places)
                foreach (var to in _places) Pull(from, to);
            foreach (var place in _places)
            {
                foreach (var writer in place.Writers.ToList())
                {
                    if (!place.MayWrite) break;
                    Settle(place, writer);
                }
            }
            foreach (var client in _clients) Send(client);
            quiet = _places.Sum(place => place.Store.Own.Count) == before ? quiet + 1 : 0;
            if (quiet > 3 && (_clients.TrueForAll(client => client.IsDone) || IsForked))
                return _violation;
        }
        if (_violation is not null || IsForked) return _violation;
        return new Violation("liveness", quiet > 3
            ? $"nobody decides {_clients.First(client => !client.IsDone).Pending}"
            : "sites write for ever");
    }

    private bool IsForked => _fate is SiteFate.Cloned or SiteFate.SetBack
        && (_places.Exists(place => place.IsForked || place.MustAsk)
            || _places.Exists(place =>
                place.Writers.Exists(writer => writer.Ledger.Forks.Count > 0)));

    private void Settle(SitePlace place, SiteWriter writer)
    {
        if (!writer.HasDraft)
        {
            writer.Decide(_now, (wish, verdict) => Tell(writer, wish, verdict));
            Look(place, writer);
        }
        if (writer.HasDraft) WriteDraft(place, writer);
    }

    private BlockDocument? WriteDraft(SitePlace place, SiteWriter writer)
    {
        var block = writer.Write((wish, verdict) => Tell(writer, wish, verdict));
        if (block is null) return null;
        place.Mark = long.Max(place.Mark, block.Header.Height);
        Say(writer.Name, $"writes {Show(block)}");
        return block;
    }
}
