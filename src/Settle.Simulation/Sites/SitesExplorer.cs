using System.Diagnostics;
using Settle.Chain;

namespace Settle.Simulation;

/// <summary>
/// Every order of the steps of a small case of two sites: a block that is written for each request
/// alone or for none, and a block that is copied, in any order. Each process dies after each block,
/// so that the next one knows no more than the store. Breadth first.
/// </summary>
/// <param name="scope">The case.</param>
internal sealed class SitesExplorer(SitesCase scope)
{
    // No case needs so many: longer chains mean that sites write for ever.
    private const int HeightMax = 16;

    private const long Time = ChainTime.MicrosecondsPerDay * 20_000;

    private static readonly string[] Sites = [SiteNames.Founder, "q"];

    private readonly Dictionary<string, (string? From, string Step)> _seen =
        new(StringComparer.Ordinal);

    private readonly Queue<SitesState> _open = new();

    /// <summary>Different states that were seen.</summary>
    public int States => _seen.Count;

    /// <summary>States from which nothing more can happen.</summary>
    public long Ends { get; private set; }

    /// <summary>Ends at which somebody had found a fork.</summary>
    public long Forks { get; private set; }

    public int Open => _open.Count;

    public int Depth { get; private set; }

    public double Seconds { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>The steps that lead to what <see cref="Explore"/> returned.</summary>
    public IReadOnlyList<string> Steps { get; private set; } = [];

    /// <returns>The first promise that is broken in some order; null for none.</returns>
    public Violation? Explore(TimeSpan timeMax, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var first = First();
        _seen.Add(first.Key, (null, "begins"));
        _open.Enqueue(first);
        while (_open.TryDequeue(out var state))
        {
            if (watch.Elapsed > timeMax || cancellation.IsCancellationRequested) break;
            Depth = int.Max(Depth, state.Steps);
            var isEnd = true;
            foreach (var (step, next) in Next(state))
            {
                if (!_seen.TryAdd(next.Key, (state.Key, step)))
                {
                    isEnd &= next.Key == state.Key;
                    continue;
                }
                isEnd = false;
                if (Check(next) is { } violation) return Found(violation, next.Key);
                _open.Enqueue(next);
            }
            if (isEnd && CheckEnd(state) is { } late) return Found(late, state.Key);
            Seconds = watch.Elapsed.TotalSeconds;
        }
        IsComplete = _open.Count == 0;
        return null;
    }

    private Violation Found(Violation violation, string key)
    {
        var steps = new List<string>();
        for (var at = key; at is not null; at = _seen[at].From) steps.Add(_seen[at].Step);
        steps.Reverse();
        Steps = steps;
        return violation;
    }

    // The founder has added the second site, which has joined; both have read that.
    private SitesState First()
    {
        var (main, q) = (new SiteStore(Sites[0]), new SiteStore(Sites[1]));
        Write(main, [.. scope.Before, new SiteWish("add-q", Sites[0], EntryKind.Site)
        {
            Reference = "q", Prefix = "q:",
        }]);
        foreach (var block in main.Own) q.Copy(block);
        Write(q, []);
        foreach (var block in q.Own) main.Copy(block);
        return new SitesState([main, q], false, 0);
    }

    private IEnumerable<(string Step, SitesState Next)> Next(SitesState state)
    {
        for (var site = 0; site < Sites.Length; site++)
        {
            // The founder decides what a site left undecided when it ended.
            var wishes = scope.Wishes.Where(wish => site == 0 || wish.Site == Sites[site]).ToList();
            foreach (var asked in wishes.Select(wish => (SiteWish[])[wish]).Append([]))
            {
                var store = state.Stores[site].Clone();
                if (Write(store, asked) is { } block)
                    yield return ($"writes {SitesWorld.Show(block)}", state.With(site, store));
            }
            var from = state.Stores[1 - site];
            foreach (var block in from.All.Where(block => block.Header.Site != Sites[site]
                && !state.Stores[site].Has(block)))
            {
                var store = state.Stores[site].Clone();
                store.Copy(block);
                yield return ($"{Sites[site]} gets {block.Header.Site}:{block.Header.Height}",
                    state.With(site, store));
            }
        }
        if (!scope.MaySetBack || state.IsSetBack) yield break;
        for (var kept = 1; kept < state.Stores[1].Own.Count; kept++)
        {
            yield return ($"q is set back to {kept}",
                state.With(1, Older(state.Stores[1], kept)) with { IsSetBack = true });
        }
    }

    // A backup of that moment: it has what its newest block had read.
    private static SiteStore Older(SiteStore store, int kept)
    {
        var older = new SiteStore(store.Site);
        foreach (var block in store.Own.Take(kept)) older.Create(block);
        var read = older.Own.SelectMany(block => block.Header.Seen.Marks)
            .Where(mark => mark.Key == Sites[0]).Max(mark => mark.Value.Height);
        for (var height = 1L; height <= read; height++) older.Copy(store.At(Sites[0], height)[0]);
        return older;
    }

    private static BlockDocument? Write(SiteStore store, IReadOnlyList<SiteWish> wishes)
    {
        var writer = new SiteWriter("explorer", store);
        writer.Waiting.AddRange(wishes);
        return writer.Decide(Time, (_, _) => { }) ? writer.Write((_, _) => { }) : null;
    }

    private static Violation? Check(SitesState state)
    {
        if (state.Stores.Any(store => store.Own.Count > HeightMax))
            return new Violation("liveness", "sites write for ever");
        return state.IsSetBack ? null : Audit(state, SiteFate.None);
    }

    private Violation? CheckEnd(SitesState state)
    {
        Ends++;
        var places = Places(state);
        if (state.IsSetBack && places.Exists(place => place.IsForked
            || place.Writers.Exists(writer => writer.Ledger.Forks.Count > 0
                || writer.Standing == Chains.Standing.SetBack)))
        {
            Forks++;
            return null;
        }
        foreach (var wish in scope.Wishes)
        {
            if (!state.Stores.Any(store => store.Own.Any(block => Encoding.UTF8.GetString(
                block.Body.Span).Contains($"\"id\":\"{wish.Id}\"", StringComparison.Ordinal))))
                return new Violation("liveness", $"nobody decides {wish}");
        }
        return Audit(state, state.IsSetBack ? SiteFate.SetBack : SiteFate.None);
    }

    private static Violation? Audit(SitesState state, SiteFate fate) => new SitesAuditor(
        Places(state), new Dictionary<string, SiteVerdict>(), fate, [Sites[1]]).Audit();

    // Each with a process that has read all that is there.
    private static List<SitePlace> Places(SitesState state)
    {
        var places = new List<SitePlace>();
        foreach (var store in state.Stores)
        {
            var place = new SitePlace(store.Site, store.Clone());
            var writer = place.Start(_ => true);
            writer.CatchUp();
            if (state.IsSetBack && writer.Decide(Time, (_, _) => { })) writer.TakeBack();
            place.IsForked = writer.Standing == Chains.Standing.Forked;
            places.Add(place);
        }
        return places;
    }
}
