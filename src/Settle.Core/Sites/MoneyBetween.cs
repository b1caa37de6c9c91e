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

    /// <summary>What accounts' homes keep other sites at.</summary>
    public SiteStandings Standing { get; private init; } = SiteStandings.None;

    /// <summary>All that is asked for and not withdrawn, in one order for everybody.</summary>
    public IEnumerable<KeyValuePair<Shared, SiteAsk>> AllAsks => Asks
        .OrderBy(ask => ask.Key.Taker, Comparer<string>.Create(SiteNames.Compare))
        .ThenBy(ask => ask.Key.Account, StringComparer.Ordinal)
        .ThenBy(ask => ask.Key.Asset, StringComparer.Ordinal)
        .ThenBy(ask => ask.Key.Giver, StringComparer.Ordinal);

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
            Standing = Standing[what] is { Amount: > 0 } kept
                ? Standing.With(what, kept with { GrantedAt = time }) : Standing,
        };
    }

    /// <summary>From now on a site is kept at an amount by an account's home; at 0 not any more.
    /// </summary>
    public MoneyBetween Keep(Shared what, long amount, long time) => this with
    {
        Standing = amount == 0 ? Standing.Without(what)
            : Standing.With(what, new SiteStanding(amount, time)),
    };

    /// <summary>Accounts get another home: nobody is kept at anything of them any more.</summary>
    public MoneyBetween EndStanding(string prefix) => this with
    {
        Standing = Standing.WithoutAll(what =>
            what.Account.StartsWith(prefix, StringComparison.Ordinal)),
    };

    /// <summary>What a site is kept at; 0 for nothing.</summary>
    public long KeptAt(Shared what) => Standing[what].Amount;

    /// <summary>
    /// A site has ended: another one keeps what it kept, and nobody keeps it at anything.
    /// </summary>
    public MoneyBetween PassOn(string ended, string heir)
    {
        var standing = Standing;
        foreach (var (what, kept) in Standing)
        {
            if (what.Giver != ended && what.Taker != ended) continue;
            standing = standing.Without(what);
            if (what.Giver == ended && what.Taker != heir)
                standing = standing.With(what with { Giver = heir }, kept);
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
