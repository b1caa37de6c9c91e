using Settle.Sites;

namespace Settle.Chains;

/// <summary>
/// All chains of a ledger with sites, as one site has read them: each other chain is folded exactly
/// as far as this site's newest block, or draft, has seen it. So whatever it decides is a function
/// of the chains up to there. Pure, single-threaded.
/// </summary>
internal sealed partial class SiteLedger : IOtherSites
{
    private readonly Dictionary<string, SiteChain> _byName = new(StringComparer.Ordinal);

    // By name.
    private SiteChain[] _chains = [];

    // Each transfer asks three times for a site, and nearly always for the same.
    private KnownSite? _newest;
    private readonly ICopies _copies;
    private readonly bool _keepsOwnIds;

    /// <param name="own">This site.</param>
    /// <param name="book">The fold of its own chain.</param>
    /// <param name="copies">What its store has of the others.</param>
    /// <param name="keepsOwnIds">Whether nobody else knows which ids it has decided.</param>
    public SiteLedger(string own, Book book, ICopies copies, bool keepsOwnIds = true)
    {
        (Own, _copies, _keepsOwnIds) = (own, copies, keepsOwnIds);
        Mine = new SiteChain(own, book);
        Add(Mine);
        Main = own == SiteNames.Founder ? Mine : new SiteChain(SiteNames.Founder, new Book());
        if (Main != Mine) Add(Main);
    }

    private void Add(SiteChain chain)
    {
        _byName.Add(chain.Site, chain);
        _chains = [.. _byName.Values.OrderBy(each => each.Site, StringComparer.Ordinal)];
    }

    public string Own { get; }

    /// <summary>This site's chain. Its newest block is durable; a draft is not in it yet.</summary>
    public SiteChain Mine { get; }

    /// <summary>The founder's chain.</summary>
    public SiteChain Main { get; }

    /// <summary>Grants and asks of all chains.</summary>
    public MoneyBetween Money { get; private set; } = MoneyBetween.None;

    /// <summary>How far the others are read, by the newest draft.</summary>
    public SeenVector Seen { get; private set; } = SeenVector.Empty;

    public bool HasSites => !Table.IsEmpty || Mine != Main;

    public IReadOnlyList<SiteChain> Chains => _chains;

    /// <summary>The sites, as far as the founder's chain was read.</summary>
    public SiteTable Table => Main.Book.Sites;

    /// <summary>A site's chain; null where nothing was read of it.</summary>
    public SiteChain? Chain(string site) => _byName.GetValueOrDefault(site);

    /// <summary>The sites that were found to have forked, by name.</summary>
    public IReadOnlyDictionary<string, SiteFork> Forks => _forks;

    /// <summary>
    /// The sites whose next block was refused, and why: no fork, but nothing that this site can
    /// believe (S13).
    /// </summary>
    public IReadOnlyDictionary<string, string> Refused => _refused;

    /// <summary>Whether this site may write.</summary>
    public Standing Standing => Mine.HasRetired ? Standing.Retired
        : _isForked ? Standing.Forked
        : _setBackTo is not null ? Standing.SetBack
        : Mine == Main ? Standing.Well
        : !Table.TryFind(Own, out var row) ? Standing.Unknown
        : row.IsSuspended || row.HasEnded ? Standing.Suspended
        : Standing.Well;

    /// <summary>The newest own block that others have read and that is not here.</summary>
    public SeenMark? SetBackTo => _setBackTo;

    /// <summary>The chain on which an id was decided, and where; null while nobody has read it.
    /// </summary>
    public (SiteChain Chain, EntryLocation Location)? Decided(ReadOnlySpan<byte> id)
    {
        foreach (var chain in _chains)
            if (chain.Ids.Find(id) is { } location) return (chain, location);
        return null;
    }

    public string SiteOf(ReadOnlySpan<byte> id) => Living(Table.Of(id));

    public string HomeOf(ReadOnlySpan<byte> account) => Living(Table.HomeOf(account));

    public Book? HomeBook(ReadOnlySpan<byte> account) => Chain(HomeOf(account))?.Book;

    public bool HasRetired(string site) => Chain(site)?.HasRetired == true;

    public bool Exists(ReadOnlySpan<byte> account)
    {
        foreach (var chain in _chains)
        {
            var number = chain.Book.FindAccount(account);
            if (number >= 0 && chain.Book.Exists(number)) return true;
        }
        return false;
    }

    /// <summary>Whether an account exists at a site that is not this one.</summary>
    public bool ExistsElsewhere(ReadOnlySpan<byte> account)
    {
        foreach (var chain in _chains)
        {
            if (chain != Mine && chain.Book.FindAccount(account) is >= 0 and var number
                && chain.Book.Exists(number))
                return true;
        }
        return false;
    }

    public Int128 BalanceElsewhere(int position)
    {
        var (account, asset) = NamesOf(position);
        Int128 sum = 0;
        foreach (var chain in _chains)
        {
            if (chain != Mine && !chain.IsTaken && Find(chain, account, asset) is { } there)
                sum += there.Balance;
        }
        foreach (var grant in Money.AllUnderWay)
            if (grant.What.Account == account && grant.What.Asset == asset) sum += grant.Amount;
        return sum;
    }

    public Int128? MayArrive(int position)
    {
        var (account, asset) = NamesOf(position);
        Int128 sum = 0;
        foreach (var chain in _chains)
        {
            if (chain == Mine || !CountsOn(chain)) continue;
            if (RoomOf(chain, account, asset) is not { } room) return null;
            sum += Int128.Max(room, 0);
        }
        return sum;
    }

    public string? Unconfirmed(string lost)
    {
        foreach (var row in Table.Rows)
        {
            if (row.Name == lost || row.HasEnded || row.IsSuspended || HasRetired(row.Name))
                continue;
            var read = Chain(row.Name)?.Seen[SiteNames.Founder].Height ?? 0;
            if (Table.Rows.Any(other => other is { IsSuspended: true, HasEnded: false }
                && read < other.SuspendedAt))
                return row.Name;
        }
        return null;
    }

    /// <summary>Whether a site can give or take money: it has not ended, forked or retired.
    /// </summary>
    public bool IsActive(string site) => site == SiteNames.Founder
        ? !_forks.ContainsKey(site)
        : Table.TryFind(site, out var row) && !row.IsSuspended && !row.HasEnded
            && !HasRetired(site) && !_forks.ContainsKey(site);

    /// <summary>
    /// Minor units that a site can spend of an account once it has read what is under way to it;
    /// null for any amount.
    /// </summary>
    public Int128? RoomAt(string site, string account, string asset) =>
        Chain(site) is { } chain ? RoomOf(chain, account, asset) : 0;

    // A retired site's money is the founder's once the founder has read of it.
    private bool CountsOn(SiteChain chain) => !chain.IsTaken
        && (IsActive(chain.Site) || (chain.HasRetired && !_forks.ContainsKey(chain.Site)));

    private Int128? RoomOf(SiteChain chain, string account, string asset)
    {
        var underWay = Money.To(chain.Site, account, asset);
        if (Find(chain, account, asset) is not { } position) return underWay;
        if (position.Floor == Position.NoFloor) return null;
        return position.Available - position.Floor + underWay
            + ExpiredOf(chain, position);
    }

    // A foreign hold past this block's time is as good as free.
    private Int128 ExpiredOf(SiteChain chain, Position position)
    {
        if (chain == Mine || position.Held == 0) return 0;
        Int128 sum = 0;
        foreach (var hold in chain.Book.OpenHolds)
        {
            ref readonly var from = ref chain.Book.Position(hold.From);
            if ((from.Account, from.Asset) == (position.Account, position.Asset)
                && hold.ExpiresAt <= Mine.Book.Time)
                sum += hold.Amount;
        }
        return sum;
    }

    private static Position? Find(SiteChain chain, string account, string asset)
    {
        var number = chain.Book.FindAccount(Encoding.UTF8.GetBytes(account));
        var code = chain.Book.Assets.Find(Encoding.UTF8.GetBytes(asset));
        if (number < 0 || code < 0) return null;
        var position = chain.Book.FindPosition(number, code);
        return position < 0 ? null : chain.Book.Position(position);
    }

    private (string Account, string Asset) NamesOf(int number)
    {
        ref readonly var position = ref Mine.Book.Position(number);
        return (Mine.Book.AccountName(position.Account),
            position.Asset == 0 ? "" : Mine.Book.Assets[position.Asset].Code);
    }

    // The founder takes over from a site that has ended or retired.
    private string Living(string site)
    {
        if (site == SiteNames.Founder) return site;
        if (_newest is not { } newest || (newest.Site, newest.Table) != (site, Table))
        {
            var hasEnded = Table.TryFind(site, out var row) && row.HasEnded;
            if (Chain(site) is not { } chain) return hasEnded ? SiteNames.Founder : site;
            _newest = newest = new KnownSite(Table, site, chain, hasEnded);
        }
        return newest.HasEnded || newest.Chain.HasRetired ? SiteNames.Founder : site;
    }

    private sealed record KnownSite(SiteTable Table, string Site, SiteChain Chain, bool HasEnded);
}
