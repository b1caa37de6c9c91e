using Settle.Sites;

namespace Settle.Chains;

/// <summary>
/// What a site asks others for, and what it gives. It can be wrong without harm to anybody's money;
/// S9 and S10 are what keeps sites from passing money around for ever.
/// </summary>
/// <param name="ledger">What the site has read; its draft has decided what it could.</param>
/// <param name="isMine">Whether this process asked for it: other writers of this site ask too.
/// </param>
/// <param name="isHeard">Whether a site was heard of lately: nobody waits for one that is away.
/// </param>
internal sealed class SiteSharing(
    SiteLedger ledger, Func<Shared, bool> isMine, Func<string, bool> isHeard)
{
    // Nobody is topped up more often; a site that needs more at once asks for it.
    private const long TopUpRest = ChainTime.MicrosecondsPerSecond;

    // A smaller part of what a site is kept at is not worth an entry.
    private const int SmallestPart = 100;

    // No client waits longer for an answer: what was asked for and not withdrawn is forgotten.
    private const long AskedMax = 60 * ChainTime.MicrosecondsPerSecond;

    /// <summary>Whether this site has asked for any of what a request needs (S9).</summary>
    public bool HasAsked(IReadOnlyList<Need> needs) => ledger.Money.AllAsks.Any(ask =>
        ask.Key.Taker == ledger.Own && needs.Any(need =>
            need.Account == ask.Key.Account && need.Asset == ask.Key.Asset));

    /// <summary>
    /// What is granted now. The draft has decided the requests for which this site had asked (S9);
    /// those that still wait keep what they could use from sites that come later (S10).
    /// </summary>
    /// <param name="waiting">The requests that wait here.</param>
    public List<(Shared What, long Amount)> Grants(IEnumerable<WaitingHere> waiting)
    {
        var reserved = Reserved(waiting);
        var rooms = new Dictionary<(string, string), Int128?>();
        var grants = new List<(Shared, long)>();
        foreach (var (what, _) in ledger.Money.AllAsks)
        {
            if (what.Giver != ledger.Own || !ledger.IsActive(what.Taker)) continue;
            var owed = ledger.Money.Owed(what);
            var key = (what.Account, what.Asset);
            if (owed <= 0 || (reserved.Contains(key)
                && SiteNames.Compare(what.Taker, ledger.Own) > 0))
                continue;
            if (!rooms.TryGetValue(key, out var room))
                room = ledger.RoomAt(ledger.Own, what.Account, what.Asset);
            var amount = room is { } limit ? (long)Int128.Min(owed, limit) : owed;
            if (amount <= 0) continue;
            rooms[key] = room - amount;
            grants.Add((what, amount));
        }
        return grants;
    }

    /// <summary>
    /// What is granted because sites are kept at an amount and have less than half of it. The draft
    /// has decided all that it could, and what somebody waits for is left alone.
    /// </summary>
    /// <param name="waiting">The requests that wait here.</param>
    /// <param name="first">The place among all that sites are kept at from which on it looks.
    /// </param>
    /// <param name="count">At how many it looks, at most.</param>
    public List<(Shared What, long Amount)> TopUps(
        IReadOnlyList<WaitingHere> waiting, int first, int count)
    {
        var topUps = new List<(Shared, long)>();
        if (ledger.Money.Standing.Count == 0) return topUps;
        var needed = Reserved(waiting);
        needed.UnionWith(waiting.SelectMany(request => request.Needs)
            .Select(need => (need.Account, need.Asset)));
        var given = new Dictionary<(string, string), Int128>();
        foreach (var (what, kept) in ledger.Money.Standing.From(first, count))
        {
            var key = (what.Account, what.Asset);
            if (what.Giver != ledger.Own || needed.Contains(key) || !MayTopUp(what, kept)
                || ledger.RoomAt(what.Taker, what.Account, what.Asset) is not { } there
                || there * 2 >= kept.Amount)
                continue;
            var missing = kept.Amount - Int128.Max(there, 0);
            var amount = ledger.RoomAt(ledger.Own, what.Account, what.Asset) is { } room
                ? Int128.Min(missing, room - given.GetValueOrDefault(key)) : missing;
            if (amount <= 0 || amount * SmallestPart < kept.Amount) continue;
            given[key] = given.GetValueOrDefault(key) + amount;
            topUps.Add((what, (long)amount));
        }
        return topUps;
    }

    private bool MayTopUp(Shared what, SiteStanding kept)
    {
        var book = ledger.Mine.Book;
        if (!ledger.IsActive(what.Taker)
            || book.Time - kept.GrantedAt < TopUpRest)
            return false;
        var account = book.FindAccount(Encoding.UTF8.GetBytes(what.Account));
        return account >= 0 && !book.Account(account).IsClosed;
    }

    /// <summary>
    /// What is asked for from now on: of each giver a part, those with the most room first; 0 for
    /// what nobody here waits for any more.
    /// </summary>
    /// <param name="waiting">The requests that wait here.</param>
    public List<(Shared What, long Amount)> Asks(IEnumerable<WaitingHere> waiting)
    {
        var asks = new List<(Shared, long)>();
        var needs = new SortedDictionary<(string Account, string Asset), Int128>();
        foreach (var need in waiting.SelectMany(request => request.Needs))
        {
            var key = (need.Account, need.Asset);
            needs[key] = needs.GetValueOrDefault(key) + need.Amount;
        }
        foreach (var ((account, asset), needed) in needs) Ask(asks, account, asset, needed);
        foreach (var (what, ask) in ledger.Money.AllAsks)
        {
            if (what.Taker == ledger.Own && !needs.ContainsKey((what.Account, what.Asset))
                && (isMine(what) || !IsYoung(ask)))
                asks.Add((what, 0));
        }
        return asks;
    }

    private void Ask(
        List<(Shared, long)> asks, string account, string asset, Int128 needed)
    {
        if (ledger.RoomAt(ledger.Own, account, asset) is not { } here) return;
        var rest = needed - here;
        var givers = ledger.Chains
            .Where(chain => chain != ledger.Mine && ledger.IsActive(chain.Site))
            .Select(chain => (chain.Site,
                Room: ledger.RoomAt(chain.Site, account, asset) is { } room
                    ? Int128.Max(room, 0) : Int128.MaxValue))
            .OrderByDescending(giver => isHeard(giver.Site))
            .ThenByDescending(giver => giver.Room)
            .ThenBy(giver => giver.Site, Comparer<string>.Create(SiteNames.Compare)).ToList();
        foreach (var (site, room) in givers)
        {
            if (rest <= 0) return;
            var what = new Shared(site, ledger.Own, account, asset);
            var asked = ledger.Money.Owed(what);
            var part = (long)Int128.Min(Int128.Min(room, rest), Limits.AmountMax);
            if (part > asked) asks.Add((what, part));
            rest -= Int128.Min(room, long.Max(asked, part));
        }
    }

    // A request that waits keeps what it could use of all its accounts; otherwise two would swap.
    private HashSet<(string, string)> Reserved(IEnumerable<WaitingHere> waiting) =>
        [.. waiting.Where(request => request.Needs.Any(IsComing))
            .SelectMany(request => request.Needs)
            .Select(need => (need.Account, need.Asset)),
            .. ledger.Money.AllAsks.Where(ask => ask.Key.Taker == ledger.Own
                && !isMine(ask.Key) && IsYoung(ask.Value) && isHeard(ask.Key.Giver))
            .Select(ask => (ask.Key.Account, ask.Key.Asset))];

    private bool IsYoung(SiteAsk ask) => ledger.Mine.Book.Time - ask.Time < AskedMax;

    private bool IsComing(Need need) => ledger.Chains.Any(chain =>
        ledger.IsActive(chain.Site) && isHeard(chain.Site)
        && ledger.Money.Owed(new Shared(chain.Site, ledger.Own, need.Account, need.Asset)) > 0);
}
