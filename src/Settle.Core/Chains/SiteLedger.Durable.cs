using Settle.Sites;

namespace Settle.Chains;

/// <content>What readers may see: as of this site's newest durable block.</content>
internal sealed partial class SiteLedger
{
    /// <summary>Grants and asks, as the newest durable block has left them.</summary>
    public MoneyBetween DurableMoney => _drafts is [var oldest, ..] ? oldest.MoneyBefore : Money;

    /// <summary>
    /// The parts of an account in an asset: what each site has of it, as far as this one has read,
    /// and what is under way. Its own part comes too.
    /// </summary>
    /// <param name="account">The account's name.</param>
    /// <param name="asset">The asset's code; empty for the default one.</param>
    /// <param name="isDrafted">Whether what is not durable yet counts.</param>
    public List<(string Site, Position Part)> Parts(
        string account, string asset, bool isDrafted = false)
    {
        var parts = new List<(string, Position)>();
        var (name, code) = (Encoding.UTF8.GetBytes(account), Encoding.UTF8.GetBytes(asset));
        foreach (var chain in _chains)
        {
            if (IsTaken(chain, isDrafted)) continue;
            var found = isDrafted ? Find(chain, account, asset)
                : DurablePart(chain.Book, name, code);
            if (found is { } part)
                parts.Add((chain.Site, part));
        }
        return parts;
    }

    /// <summary>Minor units that are under way between sites.</summary>
    public Int128 UnderWay(string account, string asset, bool isDrafted = false)
    {
        Int128 sum = 0;
        foreach (var grant in (isDrafted ? Money : DurableMoney).AllUnderWay)
            if (grant.What.Account == account && grant.What.Asset == asset) sum += grant.Amount;
        return sum;
    }

    /// <summary>The accounts that any site mentions, each with the assets it has there.</summary>
    public IEnumerable<(SiteChain Chain, int Account)> DurableAccounts()
    {
        foreach (var chain in _chains)
        {
            if (IsTakenDurably(chain)) continue;
            for (var number = 0; number < chain.Book.DurableAccountCount; number++)
                yield return (chain, number);
        }
    }

    /// <summary>Whether the founder has taken over from a site.</summary>
    /// <param name="chain">The site's.</param>
    /// <param name="isDrafted">Whether what is not durable yet counts.</param>
    public bool IsTaken(SiteChain chain, bool isDrafted) =>
        isDrafted ? chain.IsTaken : IsTakenDurably(chain);

    /// <summary>Whether the founder has taken over from a site, for all that readers know.
    /// </summary>
    public bool IsTakenDurably(SiteChain chain)
    {
        foreach (var draft in _drafts)
            if (draft.Before(chain) is { } before) return before.IsTaken;
        return chain.IsTaken;
    }

    private static Position? DurablePart(
        Book book, ReadOnlySpan<byte> account, ReadOnlySpan<byte> asset)
    {
        var number = book.FindAccount(account);
        var code = book.Assets.Find(asset);
        if (number < 0 || number >= book.DurableAccountCount || code < 0) return null;
        var position = book.FindPosition(number, code);
        return position < 0 || position >= book.DurablePositionCount
            ? null : book.DurablePosition(position);
    }
}
