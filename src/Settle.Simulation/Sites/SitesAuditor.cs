
namespace Settle.Simulation;

/// <summary>
/// Reads the chains of all sites as they are in the end, and holds them to what is promised: S1 to
/// S6, S12, and what clients were told. It uses none of the product's rules.
/// </summary>
internal sealed class SitesAuditor
{
    private readonly IReadOnlyList<SitePlace> _places;
    private readonly IReadOnlyDictionary<string, SiteVerdict> _told;
    private readonly SiteFate _fate;
    private readonly SortedDictionary<string, List<AuditedSiteBlock>> _chains =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Height, string Hash)> _ends = [];
    private readonly Dictionary<(string Site, long Height, string Account), long> _localAt = [];
    private readonly Dictionary<(string Site, long Height, string Account), long> _heldAt = [];
    private readonly Dictionary<(string Site, long Height, string Account), long> _overdraftAt = [];
    private readonly SiteBooks _books = new();
    private readonly AllowanceAuditor _allowances;
    private readonly Dictionary<string, string> _decided = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Site, long Height)> _where = [];
    private readonly bool _isForked;

    public SitesAuditor(IReadOnlyList<SitePlace> places,
        IReadOnlyDictionary<string, SiteVerdict> told, SiteFate fate, IReadOnlyList<string> doomed)
    {
        (_places, _told, _fate) = (places, told, fate);
        _allowances = new AllowanceAuditor(_books, _chains);
        foreach (var place in places)
        {
            var own = place.Store.Own.Select(block => AuditedSiteBlock.Read(block.Body)).ToList();
            if (!_chains.TryGetValue(place.Store.Site, out var known) || known.Count < own.Count)
                _chains[place.Store.Site] = own;
        }
        _isForked = HasTwoBodies(doomed);
    }

    public Violation? Audit()
    {
        foreach (var block in _chains[SiteNames.Founder])
        {
            foreach (var entry in block.Entries)
            {
                if (IsTaken(entry, "end"))
                {
                    _ends[SiteBooks.Text(entry, "site")] = (entry.GetProperty("height").GetInt64(),
                        SiteBooks.Text(entry, "hash"));
                }
            }
        }
        if (_isForked) return CheckFound();
        foreach (var (site, end) in _ends)
        {
            var chain = _chains[site];
            if (chain.Count > end.Height)
                chain.RemoveRange((int)end.Height, chain.Count - (int)end.Height);
        }
        return Fold() ?? CheckTold() ?? CheckCuts() ?? CheckTotals() ?? CheckWriters()
            ?? (_fate == SiteFate.None ? _allowances.CheckEnd() : null);
    }

    // Two machines of one name: nobody can keep both from spending. It must be found.
    private bool HasTwoBodies(IReadOnlyList<string> doomed)
    {
        foreach (var site in doomed)
        {
            for (var height = 1L; height < 10_000; height++)
            {
                var bodies = _places.SelectMany(place => place.Store.At(site, height))
                    .Select(block => block.Header.Hash).Distinct().Count();
                if (bodies == 0) break;
                if (bodies > 1) return true;
            }
        }
        return false;
    }

    private Violation? CheckFound()
    {
        if (_fate is not (SiteFate.Cloned or SiteFate.SetBack))
            return new Violation("S6", "a site has two blocks at one height");
        return _places.Any(place => place.IsForked
            || place.Writers.Exists(writer => writer.Ledger.Forks.Count > 0)) ? null
            : new Violation("fork", "two blocks of one site at one height, and nobody was told");
    }

    private Violation? Fold()
    {
        var done = _chains.Keys.ToDictionary(site => site, _ => 0L, StringComparer.Ordinal);
        var left = _chains.Values.Sum(chain => chain.Count);
        while (left > 0)
        {
            var before = left;
            foreach (var (site, chain) in _chains)
            {
                while (done[site] < chain.Count && chain[(int)done[site]] is var block
                    && block.Advanced.All(mark => IsBeyondEnd(mark.Key, mark.Value.Height)
                        || done.GetValueOrDefault(mark.Key) >= mark.Value.Height))
                {
                    if (Check(block, done) is { } fault) return fault;
                    done[site]++;
                    left--;
                }
            }
            if (left == before)
                return new Violation("S5", "blocks have read what comes after them");
        }
        return null;
    }

    private bool IsBeyondEnd(string site, long height) =>
        !_chains.TryGetValue(site, out var chain) || height > chain.Count;

    private Violation? Check(AuditedSiteBlock block, Dictionary<string, long> done)
    {
        var chain = _chains[block.Site];
        var prev = block.Height == 1 ? null : chain[(int)block.Height - 2];
        if (block.Height != done[block.Site] + 1 || (prev is not null && block.Prev != prev.Hash))
            return new Violation("S6", $"{block} does not follow the block below it");
        foreach (var (site, height) in prev?.Seen ?? []) block.Seen[site] = height;
        foreach (var (site, mark) in block.Advanced)
        {
            if (block.Seen.GetValueOrDefault(site) >= mark.Height)
                return new Violation("S5", $"{block} reads {site} backwards");
            if (IsBeyondEnd(site, mark.Height))
            {
                return new Violation("S12",
                    $"{block} has read {site}:{mark.Height}, after its end");
            }
            if (_chains[site][(int)mark.Height - 1].Hash != mark.Hash)
                return new Violation("S6", $"{block} has read another {site}:{mark.Height}");
            block.Seen[site] = mark.Height;
        }
        foreach (var (site, _) in block.Advanced)
        {
            foreach (var (other, height) in _chains[site][(int)block.Seen[site] - 1].Seen)
            {
                if (other != block.Site && block.Seen.GetValueOrDefault(other) < height)
                {
                    return new Violation("S5",
                        $"{block} has read {site}, and not its {other}:{height}");
                }
            }
        }
        return Apply(block);
    }

    private Violation? Apply(AuditedSiteBlock block)
    {
        _books.Begin(block, block.Site != SiteNames.Founder ? [] : _chains
            .Where(chain => !_books.IsOver(chain.Key) && chain.Value.Count > 0
                && block.Seen.GetValueOrDefault(chain.Key) == chain.Value.Count
                && chain.Value[^1].Entries.Any(entry => IsTaken(entry, "retire")))
            .Select(chain => chain.Key).ToList());
        foreach (var entry in block.Entries)
        {
            if (SiteBooks.Text(entry, "id") is { Length: > 0 } id)
            {
                if (!_decided.TryAdd(id, SiteBooks.Text(entry, "reason")))
                    return new Violation("S4", $"{id} is decided in {block} once more");
                _where[id] = (block.Site, block.Height);
            }
            if (SiteBooks.Text(entry, "status") == "rejected")
            {
                if (CheckRefusal(block, entry) is { } wrong) return wrong;
                continue;
            }
            if (_allowances.Check(block, entry) is { } unasked) return unasked;
            if (IsTaken(entry, "end")) _books.TakeOver(block, SiteBooks.Text(entry, "site"));
            _books.Apply(block, entry);
            if (CheckFloor(block, entry) is { } below) return below;
        }
        foreach (var account in _books.Accounts)
        {
            _localAt[(block.Site, block.Height, account)] = _books.Local(block.Site, account);
            _heldAt[(block.Site, block.Height, account)] = _books.Held(block.Site, account);
            _overdraftAt[(block.Site, block.Height, account)] =
                _books.HomeOf(account) == block.Site ? _books.Overdraft(account) : 0;
        }
        _allowances.End(block);
        return CheckCut(new Dictionary<string, long>(block.Seen) { [block.Site] = block.Height },
            $"what {block} had read");
    }

    private Violation? CheckFloor(AuditedSiteBlock block, JsonElement entry)
    {
        if (SiteBooks.Text(entry, "type") is not ("transfer" or "transaction" or "hold" or "revert"
            or "grant" or "account" or "capture")) return null;
        foreach (var account in _books.Accounts)
        {
            if (account == Book.World) continue;
            var rest = _books.Part(block.Site, account) - _books.Held(block.Site, account);
            if (rest < _books.FloorAt(block.Site, account))
                return new Violation("S3", $"{block} leaves {rest} of {account} at {block.Site}");
        }
        return null;
    }

    // What is refused for want of money is not there, as far as the block had read.
    private Violation? CheckRefusal(AuditedSiteBlock block, JsonElement entry)
    {
        if (SiteBooks.Text(entry, "reason") != "insufficient_funds"
            || SiteBooks.Text(entry, "type") is not ("transfer" or "hold")) return null;
        var account = SiteBooks.Text(entry, "from");
        var room = _books.Part(block.Site, account) - _books.Held(block.Site, account)
            - _books.FloorAt(block.Site, account);
        if (room >= SiteBooks.Amount(entry))
        {
            return new Violation("verdict",
                $"{block} refuses {entry}, although {room} is at {block.Site}");
        }
        // What is under way to a site that has ended, or with it, may be missing for a while.
        if (_fate != SiteFate.None) return null;
        var cut = new Dictionary<string, long>(block.Seen) { [block.Site] = block.Height };
        var total = cut.Sum(mark => mark.Key == block.Site
            ? _books.Local(block.Site, account) - _books.Held(block.Site, account)
            : At(_localAt, mark.Key, mark.Value, account)
                - At(_heldAt, mark.Key, mark.Value, account));
        var overdraft = cut.Max(mark => mark.Key == block.Site
            ? (_books.HomeOf(account) == block.Site ? _books.Overdraft(account) : 0)
            : At(_overdraftAt, mark.Key, mark.Value, account));
        return total + overdraft < SiteBooks.Amount(entry) ? null : new Violation("verdict",
            $"{block} refuses {entry}, although {total} was there and {overdraft} beyond");
    }

    private Violation? CheckTold()
    {
        foreach (var (id, verdict) in _told)
        {
            if (!_chains.TryGetValue(verdict.Site, out var chain)
                || (chain.Count < verdict.Height && _ends.ContainsKey(verdict.Site)))
                continue;
            if (!_where.TryGetValue(id, out var where) || where != (verdict.Site, verdict.Height))
                return new Violation("told", $"{id} was {verdict}, and is not there");
            var told = verdict.Refusal == RefusalCode.None ? "" : verdict.Refusal.Text();
            if (_decided[id] != told)
                return new Violation("told", $"{id} was '{told}', and is '{_decided[id]}'");
        }
        return null;
    }

    /// <summary>S1 at closed cuts that nobody had, drawn from those of the blocks.</summary>
    private Violation? CheckCuts()
    {
        var blocks = _chains.Values.SelectMany(chain => chain).ToList();
        foreach (var one in blocks)
        {
            var other = blocks[(int)((one.Height * 7919) + one.Site.Length) % blocks.Count];
            var cut = new Dictionary<string, long>(one.Seen) { [one.Site] = one.Height };
            foreach (var (site, height) in other.Seen.Append(new(other.Site, other.Height)))
                cut[site] = long.Max(cut.GetValueOrDefault(site), height);
            if (CheckCut(cut, $"{one} and {other}") is { } fault) return fault;
        }
        return CheckCut(_chains.ToDictionary(chain => chain.Key, chain => (long)chain.Value.Count),
            "everything");
    }

    private Violation? CheckCut(Dictionary<string, long> cut, string what)
    {
        foreach (var account in _books.Accounts)
        {
            if (account == Book.World) continue;
            var total = cut.Sum(mark => At(_localAt, mark.Key, mark.Value, account));
            var floor = -cut.Max(mark => At(_overdraftAt, mark.Key, mark.Value, account));
            if (total < floor)
                return new Violation("S1", $"{what}: {account} has {total}, its floor is {floor}");
        }
        return null;
    }

    private static long At(Dictionary<(string Site, long Height, string Account), long> table,
        string site, long height, string account)
    {
        // An account that came later had nothing then.
        return table.GetValueOrDefault((site, height, account));
    }

    private Violation? CheckTotals()
    {
        var sum = _books.Accounts.Sum(account => _books.UnderWay(account)
            + _chains.Keys.Sum(site => _books.Part(site, account)));
        return sum == 0 ? null : new Violation("S2", $"the parts sum to {sum}, not to 0");
    }

    // S2: what each process believes to hold is what the chains say.
    private Violation? CheckWriters()
    {
        foreach (var writer in _places.Where(place => !place.IsDead)
            .SelectMany(place => place.Writers))
        {
            var ledger = writer.Ledger;
            if (writer.HasDraft || ledger.Mine.Height != _chains[ledger.Own].Count
                || _books.IsOver(ledger.Own))
                continue;
            foreach (var account in _books.Accounts)
            {
                var book = ledger.Mine.Book;
                var number = book.FindAccount(Encoding.UTF8.GetBytes(account));
                var position = number < 0 ? -1 : book.FindPosition(number, 0);
                var believed = position < 0 ? 0 : book.Position(position).Balance;
                if (believed != _books.Part(ledger.Own, account))
                {
                    return new Violation("S2", $"{writer.Name} has {believed} of {account}, the "
                        + $"chains say {_books.Part(ledger.Own, account)}");
                }
            }
        }
        return null;
    }

    private static bool IsTaken(JsonElement entry, string type) =>
        SiteBooks.Text(entry, "type") == type && SiteBooks.Text(entry, "status") == "successful";
}
