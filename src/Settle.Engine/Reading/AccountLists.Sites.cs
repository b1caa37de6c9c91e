using Settle.Views;

namespace Settle.Reading;

/// <content>The same of a ledger with several sites.</content>
internal sealed partial class AccountLists
{
    // An account as all sites have it. The caller holds the state's lock.
    private Account? ReadAtSite(string account) =>
        _sites.Read(account, reader.Now, reader.State.Height);

    private async Task<Page<Account>> ListAtSiteAsync(
        PageCursor cursor, SearchWords? words, int limit, CancellationToken cancellation)
    {
        if (cursor.NewestFirst)
        {
            throw new InvalidRequestException("sort",
                "can only be 'name' at one of several sites: each has an order of its own");
        }
        var orders = await _siteOrder.GetAsync(cancellation).ConfigureAwait(false);
        return await reader.ReadAsync(() =>
        {
            var items = SiteOrder.Names(orders, cursor.Name, cursor.Prefix)
                .Where(name => words?.AreIn(name) != false).Select(ReadAtSite)
                .OfType<Account>().Take(limit + 1).ToList();
            if (items.Count <= limit) return new Page<Account>(items, null);
            items.RemoveAt(limit);
            return new Page<Account>(items, reader.Encode(cursor with { Name = items[^1].Name }));
        }, cancellation).ConfigureAwait(false);
    }

    private async Task<Page<Balance>> ListAtSiteAsync(
        BalanceQuery query, PageCursor cursor, CancellationToken cancellation)
    {
        SiteAccounts.CheckNow(query.At);
        var orders = await _siteOrder.GetAsync(cancellation).ConfigureAwait(false);
        return await reader.ReadAsync(() =>
        {
            // An account is shown whole, so that a page may be a little longer.
            var items = new List<Balance>();
            var isCut = false;
            foreach (var name in SiteOrder.Names(orders, cursor.Name, cursor.Prefix))
            {
                isCut = items.Count >= query.Limit;
                if (isCut) break;
                if (ReadAtSite(name) is { } account) items.AddRange(BalancesOf(account));
            }
            return new Page<Balance>(items, isCut
                ? reader.Encode(cursor with { Name = items[^1].Account }) : null);
        }, cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<Balance> BalancesOf(Account account) =>
        account.Balances.Select(each => new Balance
        {
            Account = account.Name, Amount = each.Balance, Available = each.Available,
            Spendable = each.Spendable, Here = each.Here,
        });
}
