namespace Settle.Simulation;

/// <summary>
/// What all chains say of money, made once more and naively: the part of each site, what is under
/// way, and the totals. Grants count where the blocks say that they were read.
/// </summary>
internal sealed class SiteBooks
{
    private readonly Dictionary<(string Site, string Account), long> _parts = [];
    private readonly Dictionary<(string Site, string Account), long> _held = [];
    private readonly Dictionary<(string Site, string Account), long> _local = [];
    private readonly Dictionary<string, long> _overdrafts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AuditedSiteHold> _holds = new(StringComparer.Ordinal);
    private readonly List<AuditedGrant> _grants = [];
    private readonly Dictionary<string, JsonElement> _moved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _closed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _over = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, string Site)> _homes = [];

    public long Part(string site, string account) => _parts.GetValueOrDefault((site, account));

    public long Held(string site, string account) => _held.GetValueOrDefault((site, account));

    /// <summary>What a site's own entries moved, grants left out: sums to the balance.</summary>
    public long Local(string site, string account) => _local.GetValueOrDefault((site, account));

    public long Overdraft(string account) => _overdrafts.GetValueOrDefault(account);

    public long UnderWay(string account) => _grants
        .Where(grant => grant.Account == account).Sum(grant => grant.Amount);

    public IEnumerable<string> Accounts =>
        _parts.Keys.Select(key => key.Account).Distinct().Order(StringComparer.Ordinal);

    public bool IsClosed(string account) => _closed.GetValueOrDefault(account);

    public bool IsOver(string site) => _over.Contains(site);

    /// <summary>What an account may fall to at a site.</summary>
    public long FloorAt(string site, string account) => HomeOf(account) == site
        ? -Overdraft(account) : 0;

    /// <summary>A block begins: holds of its site end, and what others granted arrives.</summary>
    public void Begin(AuditedSiteBlock block, IEnumerable<string> retired)
    {
        foreach (var (id, hold) in _holds.ToList())
        {
            if (hold.Site != block.Site || hold.Expires > block.Time) continue;
            Add(_held, hold.Site, hold.Account, -hold.Amount);
            _holds.Remove(id);
        }
        Arrive(block, block.Site);
        if (block.Site != SiteNames.Founder) return;
        foreach (var site in retired) TakeOver(block, site);
        foreach (var site in _over) Arrive(block, site);
    }

    /// <summary>The founder gets all that a site had.</summary>
    public void TakeOver(AuditedSiteBlock block, string site)
    {
        _over.Add(site);
        foreach (var ((_, account), amount) in _parts.Where(part => part.Key.Site == site).ToList())
        {
            Add(_parts, SiteNames.Founder, account, amount);
            _parts.Remove((site, account));
        }
        foreach (var (id, hold) in _holds.ToList())
        {
            if (hold.Site != site) continue;
            Add(_held, site, hold.Account, -hold.Amount);
            Add(_held, SiteNames.Founder, hold.Account, hold.Amount);
            _holds[id] = hold with { Site = SiteNames.Founder };
        }
        Arrive(block, site);
    }

    /// <summary>Applies an entry that the ledger took.</summary>
    public void Apply(AuditedSiteBlock block, JsonElement entry)
    {
        var (site, id) = (block.Site, Text(entry, "id"));
        switch (Text(entry, "type"))
        {
            case "site":
                if (Text(entry, "prefix") is { Length: > 0 } prefix)
                    _homes.Add((prefix, Text(entry, "site")));
                break;
            case "account":
                if (entry.TryGetProperty("overdraft", out var overdraft))
                    _overdrafts[Text(entry, "account")] = overdraft.GetInt64();
                if (entry.TryGetProperty("closed", out var closed))
                    _closed[Text(entry, "account")] = closed.GetBoolean();
                break;
            case "grant" when Amount(entry) > 0:
                Add(_parts, site, Text(entry, "account"), -Amount(entry));
                _grants.Add(new AuditedGrant(site, Text(entry, "to"), block.Height,
                    Text(entry, "account"), Amount(entry)));
                break;
            case "hold":
                Add(_held, site, Text(entry, "from"), Amount(entry));
                _holds.Add(id, new AuditedSiteHold(
                    site, Text(entry, "from"), Amount(entry), ExpiryOf(entry)));
                break;
            case "capture" or "void":
                var hold = _holds[Text(entry, "hold")];
                _holds.Remove(Text(entry, "hold"));
                Add(_held, site, hold.Account, -hold.Amount);
                if (Text(entry, "type") == "capture") Move(site, entry);
                break;
            case "transfer" or "transaction" or "revert":
                Move(site, entry);
                break;
            default:
                break;
        }
    }

    public string HomeOf(string account)
    {
        foreach (var (prefix, site) in _homes)
        {
            if (account.StartsWith(prefix, StringComparison.Ordinal))
                return _over.Contains(site) ? SiteNames.Founder : site;
        }
        return SiteNames.Founder;
    }

    public static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString()! : "";

    public static long Amount(JsonElement entry) =>
        entry.TryGetProperty("amount", out var amount) ? amount.GetInt64() : 0;

    /// <summary>What an entry takes and gives.</summary>
    public static IEnumerable<JsonElement> PostingsOf(JsonElement entry) =>
        entry.TryGetProperty("postings", out var postings) ? postings.EnumerateArray() : [entry];

    private void Move(string site, JsonElement entry)
    {
        foreach (var posting in PostingsOf(entry))
        {
            foreach (var table in (Dictionary<(string, string), long>[])[_parts, _local])
            {
                Add(table, site, Text(posting, "from"), -Amount(posting));
                Add(table, site, Text(posting, "to"), Amount(posting));
            }
        }
    }

    // A block that has read a giver's chain up to a height gets what was granted up to there.
    private void Arrive(AuditedSiteBlock block, string taker)
    {
        foreach (var grant in _grants.Where(grant => grant.To == taker
            && grant.Height <= (grant.From == block.Site
                ? long.MaxValue : block.Seen.GetValueOrDefault(grant.From))).ToList())
        {
            _grants.Remove(grant);
            Add(_parts, block.Site, grant.Account, grant.Amount);
        }
    }

    private static long ExpiryOf(JsonElement entry) =>
        Chain.ChainTime.TryParse(Text(entry, "expires"), out var time) ? time : long.MaxValue;

    private static void Add(Dictionary<(string, string), long> table, string site, string account,
        long amount) =>
        table[(site, account)] = table.GetValueOrDefault((site, account)) + amount;
}
