namespace Settle.Simulation;

/// <summary>Draws what clients of a ledger with sites want.</summary>
/// <param name="dice">All chance of the run.</param>
/// <param name="sites">The sites' names, the founder first.</param>
/// <param name="hasAllKinds">Whether there is more than transfers.</param>
internal sealed class SiteWishes(Dice dice, IReadOnlyList<string> sites, bool hasAllKinds)
{
    private readonly List<(string Id, string Site)> _holds = [];
    private readonly List<(string Id, string Site)> _transfers = [];
    private readonly List<(string Account, string Site)> _kept = [];
    private int _drawn;

    public static string IdOf(string name, string site) =>
        site == SiteNames.Founder ? name : $"{name}@{site}";

    /// <summary>Something that a site is asked for.</summary>
    public SiteWish Next(string site)
    {
        var id = IdOf($"t{++_drawn}", site);
        var kind = hasAllKinds ? dice.Below(20) : dice.Below(12);
        if (kind == 12 && _holds.Count > 0) return Resolution(id, site);
        if (kind == 13 && _transfers.Count > 0) return Revert(id);
        if (kind == 14) return Terms(id);
        if (kind is 15 or 16)
        {
            return new SiteWish(id, site, EntryKind.Transaction)
            {
                Postings = [Posting(), .. dice.Chance(700) ? [Posting()] : (WishPosting[])[]],
            };
        }
        if (kind == 17)
        {
            _holds.Add((id, site));
            return new SiteWish(id, site, EntryKind.Hold)
            {
                Postings = [Posting()], ExpiresIn = dice.Chance(500) ? dice.Between(1, 60) : 0,
            };
        }
        if (kind is 18 or 19) return Allowance(id);
        _transfers.Add((id, site));
        return new SiteWish(id, site, EntryKind.Transfer) { Postings = [Posting()] };
    }

    private SiteWish Resolution(string id, string site)
    {
        var (hold, _) = dice.Of(_holds);
        return new SiteWish(id, site, dice.Chance(600) ? EntryKind.Capture : EntryKind.Void)
        {
            Reference = hold,
        };
    }

    private SiteWish Revert(string id)
    {
        var (transfer, site) = dice.Of(_transfers);
        return new SiteWish(IdOf(id.Split('@')[0], site), site, EntryKind.Revert)
        {
            Reference = transfer,
        };
    }

    // Now and then what another site is kept at is ended.
    private SiteWish Allowance(string id)
    {
        var ends = _kept.Count > 0 && dice.Chance(400);
        var account = dice.Of(Accounts);
        var site = dice.Of(sites.Where(site => site != HomeOf(account)).ToList());
        if (ends) (account, site) = dice.Of(_kept);
        else _kept.Add((account, site));
        var home = HomeOf(account);
        return new SiteWish(IdOf(id.Split('@')[0], home), home, EntryKind.Grant)
        {
            Postings = [new WishPosting(account, site, ends ? 0 : dice.Between(1, 9), null)],
        };
    }

    private static string HomeOf(string account) =>
        account.Contains(':') ? account.Split(':')[0] : SiteNames.Founder;

    private SiteWish Terms(string id)
    {
        var account = dice.Of(Accounts);
        var home = HomeOf(account);
        return new SiteWish(IdOf(id.Split('@')[0], home), home, EntryKind.Account)
        {
            Reference = account,
            Overdraft = dice.Chance(700) ? dice.Between(0, 6) : AccountTerms.Unset,
            Ceiling = dice.Chance(100) ? dice.Between(5, 20) : AccountTerms.Unset,
            Closed = dice.Chance(60) ? dice.Chance(500) : null,
        };
    }

    private WishPosting Posting()
    {
        var from = dice.Chance(280) ? Book.World : dice.Of(Accounts);
        string to;
        do to = dice.Chance(120) ? Book.World : dice.Of(Accounts);
        while (to == from);
        return new WishPosting(from, to, dice.Between(1, from == Book.World ? 9 : 6), null);
    }

    private List<string> Accounts { get; } =
        ["A", "B", .. sites.Skip(1).Take(2).Select(site => $"{site}:C")];
}
