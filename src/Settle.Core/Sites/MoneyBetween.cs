using System.Collections.Immutable;

namespace Settle.Sites;

/// <summary>
/// What sites granted each other, got and ask for: a fold of the chains that were read here (S2).
/// Immutable, so that taking a block back is giving back the one before.
/// </summary>
internal sealed record MoneyBetween
{
    public static readonly MoneyBetween None = new();

    /// <summary>By giver and taker what the taker has not read, oldest first.</summary>
    private ImmutableDictionary<(string Giver, string Taker), ImmutableList<SiteGrant>> UnderWay
    {
        get;
        init;
    } = ImmutableDictionary<(string, string), ImmutableList<SiteGrant>>.Empty;

    private ImmutableDictionary<Shared, Int128> Given { get; init; } =
        ImmutableDictionary<Shared, Int128>.Empty;

    private ImmutableDictionary<Shared, Int128> Got { get; init; } =
        ImmutableDictionary<Shared, Int128>.Empty;

    private ImmutableDictionary<Shared, SiteAsk> Asks { get; init; } =
        ImmutableDictionary<Shared, SiteAsk>.Empty;

    // The sums of what is under way: each transfer at a site asks for one.
    private ImmutableDictionary<(string Taker, string Account, string Asset), Int128> Coming
    {
        get;
        init;
    } = ImmutableDictionary<(string, string, string), Int128>.Empty;

    private ImmutableDictionary<Shared, SiteStanding> Standing { get; init; } =
        ImmutableDictionary<Shared, SiteStanding>.Empty;

    /// <summary>All that is asked for and not withdrawn, in one order for everybody.</summary>
    public IEnumerable<KeyValuePair<Shared, SiteAsk>> AllAsks => Asks
        .OrderBy(ask => ask.Key.Taker, Comparer<string>.Create(SiteNames.Compare))
        .ThenBy(ask => ask.Key.Account, StringComparer.Ordinal)
        .ThenBy(ask => ask.Key.Asset, StringComparer.Ordinal)
        .ThenBy(ask => ask.Key.Giver, StringComparer.Ordinal);

    /// <summary>What a site keeps others at, in one order for everybody.</summary>
    /// <param name="giver">The site; null for all.</param>
    public IEnumerable<KeyValuePair<Shared, SiteStanding>> StandingOf(string? giver) => Standing
        .Where(each => giver is null || each.Key.Giver == giver)
        .OrderBy(each => each.Key.Account, StringComparer.Ordinal)
        .ThenBy(each => each.Key.Asset, StringComparer.Ordinal)
        .ThenBy(each => each.Key.Taker, Comparer<string>.Create(SiteNames.Compare));

    /// <summary>How many are kept at an amount.</summary>
    public int StandingCount => Standing.Count;

    /// <summary>A site's block grants money.</summary>
    /// <param name="height">The block's.</param>
    /// <param name="what">Whose money, from where to where.</param>
    /// <param name="amount">Minor units, more than 0.</param>
    /// <param name="time">The block's, microseconds since 1970.</param>
    public MoneyBetween Grant(long height, Shared what, long amount, long time)
    {
        var key = (what.Giver, what.Taker);
        var queue = UnderWay.GetValueOrDefault(key, []);
        return this with
        {
            UnderWay = UnderWay.SetItem(key, queue.Add(new SiteGrant(height, what, amount))),
            Given = Given.SetItem(what, Given.GetValueOrDefault(what) + amount),
            Coming = Coming.SetItem(ComingOf(what),
                Coming.GetValueOrDefault(ComingOf(what)) + amount),
            Standing = Standing.TryGetValue(what, out var kept)
                ? Standing.SetItem(what, kept with { GrantedAt = time }) : Standing,
        };
    }

    /// <summary>From now on a site is kept at an amount by an account's home; at 0 not any more.
    /// </summary>
    public MoneyBetween Keep(Shared what, long amount, long time) => this with
    {
        Standing = amount == 0 ? Standing.Remove(what)
            : Standing.SetItem(what, new SiteStanding(amount, time)),
    };

    /// <summary>Accounts get another home: nobody is kept at anything of them any more.</summary>
    public MoneyBetween EndStanding(string prefix) => this with
    {
        Standing = Standing.RemoveRange(Standing.Keys.Where(what =>
            what.Account.StartsWith(prefix, StringComparison.Ordinal))),
    };

    /// <summary>What a site is kept at; 0 for nothing.</summary>
    public long KeptAt(Shared what) => Standing.GetValueOrDefault(what).Amount;

    /// <summary>
    /// A site has ended: another one keeps what it kept, and nobody keeps it at anything.
    /// </summary>
    public MoneyBetween PassOn(string ended, string heir)
    {
        var standing = Standing;
        foreach (var (what, kept) in Standing)
        {
            if (what.Giver != ended && what.Taker != ended) continue;
            standing = standing.Remove(what);
            if (what.Giver == ended && what.Taker != heir)
                standing = standing.SetItem(what with { Giver = heir }, kept);
        }
        return this with { Standing = standing };
    }

    /// <summary>
    /// A block of the taker has read the giver's chain up to a height: each grant counts once.
    /// </summary>
    /// <param name="giver">Whose grants.</param>
    /// <param name="taker">To whom; perhaps a site that has ended, and somebody else reads.</param>
    /// <param name="height">Those in blocks up to this one.</param>
    /// <param name="arrived">What counts from now on.</param>
    public MoneyBetween Read(
        string giver, string taker, long height, out IReadOnlyList<SiteGrant> arrived)
    {
        arrived = [];
        var queue = UnderWay.GetValueOrDefault((giver, taker), []);
        var count = queue.FindIndex(grant => grant.Height > height);
        if (count < 0) count = queue.Count;
        if (count == 0) return this;
        arrived = queue.GetRange(0, count);
        var (got, coming) = (Got, Coming);
        foreach (var grant in arrived)
        {
            got = got.SetItem(grant.What, got.GetValueOrDefault(grant.What) + grant.Amount);
            var (key, rest) = (ComingOf(grant.What), coming[ComingOf(grant.What)] - grant.Amount);
            coming = rest == 0 ? coming.Remove(key) : coming.SetItem(key, rest);
        }
        return this with
        {
            UnderWay = UnderWay.SetItem((giver, taker), queue.RemoveRange(0, count)), Got = got,
            Coming = coming,
        };
    }

    /// <summary>A site asks another; 0 withdraws.</summary>
    public MoneyBetween Ask(Shared what, long amount, long time) => this with
    {
        Asks = amount == 0 ? Asks.Remove(what)
            : Asks.SetItem(what, new SiteAsk(amount, Got.GetValueOrDefault(what), time)),
    };

    /// <summary>What is left of an ask; 0 for none.</summary>
    public long Owed(Shared what) => Asks.TryGetValue(what, out var ask)
        ? (long)Int128.Max(0, ask.Amount - (Given.GetValueOrDefault(what) - ask.Before)) : 0;

    /// <summary>Minor units that are under way to a site.</summary>
    public Int128 To(string taker, string account, string asset) =>
        Coming.GetValueOrDefault((taker, account, asset));

    /// <summary>All that nobody has read yet.</summary>
    public IEnumerable<SiteGrant> AllUnderWay => UnderWay.Values.SelectMany(queue => queue);

    private static (string, string, string) ComingOf(Shared what) =>
        (what.Taker, what.Account, what.Asset);
}
