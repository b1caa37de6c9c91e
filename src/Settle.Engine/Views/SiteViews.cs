using Settle.Chains;
using Settle.Sites;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of sites. The caller holds the state's lock.</summary>
internal static class SiteViews
{
    private const int AllowancesMax = 100;

    /// <summary>All sites, the founder first, without their parts.</summary>
    public static List<Site> Of(SiteLedger sites, LedgerState state) =>
        [.. sites.Table.Rows.Select(row => row.Name).Append(SiteNames.Founder)
            .OrderBy(name => name, Comparer<string>.Create(SiteNames.Compare))
            .Select(name => Of(sites, state, name))];

    /// <summary>What a site is kept at of an account.</summary>
    public static StandingAllowance Of(Shared what, SiteStanding kept, LedgerAssets assets) => new()
    {
        Account = what.Account, By = what.Giver,
        Amount = assets.Of(
            kept.Amount, what.Asset.Length > 0 ? what.Asset : assets.Default.Code),
    };

    /// <summary>What a block behind its site's end has decided.</summary>
    public static IEnumerable<Orphan> Orphans(BlockDocument block, LedgerAssets assets)
    {
        var orphans = new List<Orphan>();
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            var batch = new RequestBatch();
            at += EntryReader.Read(block.Body.Span[at..], batch);
            if (batch[0].Refusal != RefusalCode.None || batch[0].Kind == EntryKind.Ask) continue;
            var postings = batch[0].Kind == EntryKind.Grant ? [new Posting
            {
                From = batch.Text(batch[0].From), To = batch.Text(batch[0].To),
                Amount = assets.Of(batch[0].Amount, batch, batch[0].Asset),
            }] : EntryViews.Postings(batch, batch[0], assets);
            orphans.AddRange(postings.Select(posting => new Orphan
            {
                Site = block.Header.Site,
                Block = block.Header.Height,
                Time = ChainTime.ToTime(block.Header.Time),
                Type = batch[0].Kind.Text(),
                Id = EntryViews.Text(batch, batch[0].Id),
                From = posting.From,
                To = posting.To,
                Amount = posting.Amount,
            }));
        }
        return orphans;
    }

    private static Site Of(SiteLedger sites, LedgerState state, string name)
    {
        var chain = sites.Chain(name);
        var isOwn = name == sites.Own;
        var isKnown = sites.Table.TryFind(name, out var row);
        var read = isOwn ? state.Height : chain?.Height ?? 0;
        var time = isOwn ? state.Time : read > 0 ? chain!.Book.TimeOf(read) : 0;
        var standing = sites.DurableMoney.Standing;
        var (word, reason) = StateOf(sites, name, row);
        return new Site
        {
            Name = name,
            IsOwn = isOwn,
            Prefix = isKnown && row!.Prefix.Length > 0 ? row.Prefix : null,
            Url = isKnown && row!.Url.Length > 0 ? row.Url : null,
            State = word,
            Reason = reason,
            Height = read,
            Read = read,
            LastHeard = time == 0 ? null : ChainTime.ToTime(time),
            SeenBy = sites.Chains.Where(other => other.Site != name && sites.IsActive(other.Site))
                .ToDictionary(other => other.Site, other => other.Seen[name].Height),
            Allowances = [.. standing.Of(name, null, AllowancesMax)
                .Select(kept => Of(kept.Key, kept.Value, state.Assets))],
            AllowanceCount = standing.Of(name).Count,
        };
    }

    private static (string Word, string? Reason) StateOf(
        SiteLedger sites, string name, SiteRow? row)
    {
        if (row is { HasEnded: true }) return ("ended", null);
        if (sites.Forks.TryGetValue(name, out var fork))
            return ("forked", string.Create(CultureInfo.InvariantCulture,
                $"it has two blocks {fork.Height}"));
        if (sites.HasRetired(name)) return ("retired", null);
        if (row is { IsSuspended: true }) return ("suspended", null);
        if (sites.Refused.TryGetValue(name, out var why)) return ("refused", why);
        return name == sites.Own && sites.Standing == Standing.Forked ? ("forked", null)
            : name == sites.Own && sites.Standing == Standing.SetBack ? ("set back", null)
            : name != SiteNames.Founder && sites.Chain(name) is not { Height: > 0 }
                && name != sites.Own ? ("not joined", null)
            : ("active", null);
    }
}
