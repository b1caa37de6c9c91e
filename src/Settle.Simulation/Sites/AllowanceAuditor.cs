namespace Settle.Simulation;

/// <summary>
/// Holds grants to why they were made: somebody had asked, or the account's home keeps the site at
/// an amount, and then it grants no more than is missing, and grants it in the end.
/// </summary>
/// <param name="books">What the chains say of money.</param>
/// <param name="chains">All chains, by site.</param>
internal sealed class AllowanceAuditor(
    SiteBooks books, IReadOnlyDictionary<string, List<AuditedSiteBlock>> chains)
{
    private readonly List<AuditedGrant> _grants = [];
    private readonly Dictionary<(string Taker, string Giver, string Account),
        List<(long Height, long Amount)>> _asks = [];

    private readonly Dictionary<(string Account, string Taker), long> _standing = [];
    private readonly Dictionary<(string Site, long Height, string Account), long> _roomAt = [];

    /// <summary>A block has been applied.</summary>
    public void End(AuditedSiteBlock block)
    {
        foreach (var account in books.Accounts)
        {
            _roomAt[(block.Site, block.Height, account)] =
                books.Part(block.Site, account) - books.Held(block.Site, account);
        }
    }

    /// <summary>An entry is about to be applied.</summary>
    public Violation? Check(AuditedSiteBlock block, JsonElement entry)
    {
        var (type, account) = (SiteBooks.Text(entry, "type"), SiteBooks.Text(entry, "account"));
        if (type == "ask")
        {
            var key = (block.Site, SiteBooks.Text(entry, "of"), account);
            if (!_asks.TryGetValue(key, out var asks)) _asks[key] = asks = [];
            asks.Add((block.Height, SiteBooks.Amount(entry)));
        }
        if (type == "site" && SiteBooks.Text(entry, "prefix") is { Length: > 0 } prefix)
        {
            foreach (var key in _standing.Keys.Where(key =>
                key.Account.StartsWith(prefix, StringComparison.Ordinal)).ToList())
                _standing.Remove(key);
        }
        if (type != "grant") return null;
        var taker = SiteBooks.Text(entry, "to");
        if (entry.TryGetProperty("standing", out var level))
        {
            if (books.HomeOf(account) != block.Site)
                return new Violation("S8", $"{block} keeps {taker} at an amount of {account}");
            _standing[(account, taker)] = level.GetInt64();
        }
        var amount = SiteBooks.Amount(entry);
        if (amount == 0) return null;
        var has = Has(block, taker, account);
        _grants.Add(new AuditedGrant(block.Site, taker, block.Height, account, amount));
        if (IsAskedFor(taker, block.Site, account, block.Seen.GetValueOrDefault(taker)))
            return null;
        var kept = _standing.GetValueOrDefault((account, taker));
        return kept > 0 && has + amount <= kept && books.HomeOf(account) == block.Site ? null
            : new Violation("allowance", $"{block} grants {taker} {amount} of {account}, which has "
                + $"{has} and is kept at {kept}");
    }

    /// <summary>In the end every site has what it is kept at, as far as there is money.</summary>
    public Violation? CheckEnd()
    {
        foreach (var ((account, taker), level) in _standing)
        {
            var home = books.HomeOf(account);
            if (level == 0 || books.IsClosed(account) || books.IsOver(taker)
                || books.Held(taker, account) > 0 || chains[taker].Count == 0
                || chains.Keys.Any(giver => IsAskedFor(home, giver, account, long.MaxValue)))
                continue;
            var room = books.Part(home, account) - books.Held(home, account)
                - books.FloorAt(home, account);
            if (books.Part(taker, account) * 2 < level && room > 0 && room * 100 >= level)
            {
                return new Violation("allowance", $"{taker} has {books.Part(taker, account)} of "
                    + $"{account}, is kept at {level}, and {home} has {room}");
            }
        }
        return null;
    }

    // What the giver knew the taker to have: at the block it had read, and under way to it.
    private long Has(AuditedSiteBlock block, string taker, string account)
    {
        var height = block.Seen.GetValueOrDefault(taker);
        var seen = height == 0 ? [] : chains[taker][(int)height - 1].Seen;
        return _roomAt.GetValueOrDefault((taker, height, account)) + _grants.Where(grant =>
            grant.To == taker && grant.Account == account
            && grant.Height > seen.GetValueOrDefault(grant.From)
            && (grant.From == block.Site
                || grant.Height <= block.Seen.GetValueOrDefault(grant.From)))
            .Sum(grant => grant.Amount);
    }

    private bool IsAskedFor(string taker, string giver, string account, long read) =>
        _asks.TryGetValue((taker, giver, account), out var asks)
        && asks.LastOrDefault(ask => ask.Height <= read).Amount > 0;
}
