using System.Diagnostics;
using System.Globalization;
using Settle.Chain;
using Settle.Simulation;

namespace Settle.Benchmarks.Workloads;

/// <summary>
/// How many transfers have to wait for money of other sites, and how many grants that takes: the rules by
/// themselves, in virtual time, with 50 ms between any two sites and a block of each every 20 ms.
/// </summary>
internal sealed class SiteWaits
{
    private const long Millisecond = ChainTime.MicrosecondsPerSecond / 1000;
    private const long BlockEvery = 20 * Millisecond;
    private const long Delay = 50 * Millisecond;
    private const int AccountsPerSite = 50;
    private const int TransfersPerBlock = 5;
    private const int Blocks = 1000;

    // What an account is kept at where it is not at home; a transfer is of 1 to 10.
    private const int Level = 30;

    private readonly List<SitePlace> _places = [];
    private readonly PriorityQueue<(BlockDocument Block, SitePlace To), long> _under = new();
    private readonly Random _random = new(1);
    private readonly HashSet<string> _waited = [];
    private long _now = ChainTime.MicrosecondsPerDay * 20_000;
    private int _ids;
    private long _grants;
    private long _refused;
    private bool _counts;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name)
    {
        foreach (var sites in (int[])[2, 5, 10])
        {
            foreach (var elsewhere in (int[])[0, 20])
                yield return await Task.Run(() => new SiteWaits().Measure(name, sites, elsewhere)).ConfigureAwait(false);
        }
    }

    private Measurement Measure(string name, int sites, int elsewhere)
    {
        var names = Enumerable.Range(0, sites).Select(i => i == 0 ? SiteNames.Founder : $"s{i}").ToList();
        foreach (var site in names)
        {
            _places.Add(new SitePlace(site, new SiteStore(site)));
            _places[^1].Start(_ => true);
        }
        foreach (var site in names.Skip(1))
        {
            Ask(0, new SiteWish($"add-{site}", SiteNames.Founder, EntryKind.Site)
            {
                Reference = site, Prefix = $"{site}:",
            });
        }
        Settle(20);
        for (var site = 0; site < sites; site++)
        {
            for (var account = 0; account < AccountsPerSite; account++)
                Pay(site, Book.World, Name(site, account), 100_000);
        }
        Settle(20);
        for (var site = 0; elsewhere > 0 && site < sites; site++)
        {
            for (var account = 0; account < AccountsPerSite; account++)
            {
                foreach (var other in names.Where(other => other != names[site]))
                {
                    Ask(site, new SiteWish(IdAt(site), names[site], EntryKind.Grant)
                    {
                        Postings = [new WishPosting(Name(site, account), other, Level, null)],
                    });
                }
            }
        }
        Settle(100);
        _counts = true;
        var stopwatch = Stopwatch.StartNew();
        for (var block = 0; block < Blocks; block++)
        {
            for (var site = 0; site < sites; site++)
                for (var i = 0; i < TransfersPerBlock; i++) Spend(site, elsewhere);
            Step();
        }
        var count = (long)Blocks * TransfersPerBlock * sites;
        Settle(300);
        return new Measurement($"{name}: {sites}, {elsewhere} % elsewhere", count, TransfersPerBlock, 1,
            count / stopwatch.Elapsed.TotalSeconds, string.Create(CultureInfo.InvariantCulture,
                $"{(double)_waited.Count / count:P2} had to wait, {1000.0 * _grants / count:F1} grants per 1 000, {_refused} refused"));
    }

    // What one account pays comes back to another one of the same home.
    private void Spend(int home, int elsewhere)
    {
        var site = home;
        if (_random.Next(100) < elsewhere)
        {
            do site = _random.Next(_places.Count);
            while (site == home);
        }
        Pay(site, Name(home, _random.Next(AccountsPerSite)), Name(site, _random.Next(AccountsPerSite)),
            _random.Next(1, 11));
    }

    private void Pay(int site, string from, string to, long amount)
    {
        if (from == to) to = Book.World;
        Ask(site, new SiteWish(IdAt(site), _places[site].Name, EntryKind.Transfer)
        {
            Postings = [new WishPosting(from, to, amount, null)],
        });
    }

    private void Ask(int site, SiteWish wish) => _places[site].Writers[0].Waiting.Add(wish);

    private string IdAt(int site) =>
        $"{++_ids}" + (site == 0 ? "" : $"@{_places[site].Name}");

    private static string Name(int site, int account) => (site == 0 ? "" : $"s{site}:") + $"a{account}";

    private void Settle(int steps)
    {
        for (var i = 0; i < steps; i++) Step();
    }

    private void Step()
    {
        _now += BlockEvery;
        while (_under.TryPeek(out var next, out var at) && at <= _now)
        {
            _under.Dequeue();
            next.To.Store.Copy(next.Block);
        }
        foreach (var place in _places)
        {
            var writer = place.Writers[0];
            if (!writer.Decide(_now, Tell)) continue;
            var block = writer.Write(Tell)!;
            if (_counts)
            {
                foreach (var waits in writer.Waiting) _waited.Add(waits.Id);
                _grants += Count(block);
            }
            foreach (var other in _places.Where(other => other != place))
                _under.Enqueue((block, other), _now + Delay);
        }
    }

    private static int Count(BlockDocument block)
    {
        var grants = 0;
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            var batch = new RequestBatch();
            at += EntryReader.Read(block.Body.Span[at..], batch);
            if (batch[0].Kind == EntryKind.Grant) grants++;
        }
        return grants;
    }

    private void Tell(SiteWish wish, SiteVerdict verdict)
    {
        if (verdict.Refusal != RefusalCode.None) _refused++;
    }
}
