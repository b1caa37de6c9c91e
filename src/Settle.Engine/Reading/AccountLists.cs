namespace Settle.Reading;

/// <summary>Accounts and balances, now and as of a height or a time.</summary>
internal sealed class AccountLists(LedgerReader reader)
{
    private const string Accounts = "accounts";

    private readonly AccountReader _accounts = reader.Accounts;
    private AccountOrder? _accountOrder;

    public Task<Account?> GetAsync(string account, AsOf at, CancellationToken cancellation)
    {
        var name = Encoding.UTF8.GetBytes(Texts.Given("account", account));
        return reader.ReadAsync(() =>
        {
            var moment = _accounts.MomentOf(at);
            return _accounts.Find(name) is var number and >= 0
                ? _accounts.Read(number, moment) : null;
        }, cancellation);
    }

    public async Task<Page<Account>> ListAsync(PageQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var after = query.After is null ? null : PageCursor.Decode(query.After, Accounts).Name;
        var order = await OrderAccountsAsync(cancellation).ConfigureAwait(false);
        return await reader.ReadAsync(() =>
        {
            var items = new List<Account>();
            var moment = _accounts.MomentOf(AsOf.Now);
            foreach (var number in order.After(after))
            {
                if (_accounts.Read(number, moment) is not { } account) continue;
                if (items.Count == query.Limit)
                {
                    return new Page<Account>(
                        items,
                        new PageCursor { List = Accounts, Name = items[^1].Name }.Encode());
                }
                items.Add(account);
            }
            return new Page<Account>(items, null);
        }, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Balance>> ListBalancesAsync(
        AsOf at, CancellationToken cancellation)
    {
        var (book, positions) = at.IsNow
            ? await ListPositionsAsync(cancellation).ConfigureAwait(false)
            : await ListPositionsAsync(at, cancellation).ConfigureAwait(false);
        var balances = new List<Balance>(positions.Count);
        for (var i = 0; i < positions.Count; i++)
        {
            var position = positions[i];
            var name = i > 0 && position.Account == positions[i - 1].Account
                ? balances[^1].Account : book.AccountName(position.Account);
            var asset = book.Assets[position.Asset];
            balances.Add(new Balance
            {
                Account = name,
                Amount = asset.Of(position.Balance),
                Available = asset.Of(position.Available),
            });
        }
        return balances;
    }

    // Settling waits while the numbers are read, so only they are: names never change, and the
    // accounts were sorted before. All is of one height.
    private async Task<(Book Book, List<Position> Positions)> ListPositionsAsync(
        CancellationToken cancellation)
    {
        var known = await OrderAccountsAsync(cancellation).ConfigureAwait(false);
        return await reader.ReadAsync(() =>
        {
            var positions = new List<Position>(known.Count);
            var moment = _accounts.MomentOf(AsOf.Now);
            foreach (var number in
                known.UpTo(reader.State.Book, reader.State.Book.DurableAccountCount).After(null))
                _accounts.AddPositions(number, moment, positions);
            return (reader.State.Book, positions);
        }, cancellation).ConfigureAwait(false);
    }

    // The past does not change, so it needs no lock from its first account to its last.
    private async Task<(Book Book, List<Position> Positions)> ListPositionsAsync(
        AsOf at, CancellationToken cancellation)
    {
        var (book, moment) = await reader.ReadAsync(
            () => (reader.State.Book, _accounts.MomentOf(at)), cancellation).ConfigureAwait(false);
        var order = await OrderAccountsAsync(cancellation).ConfigureAwait(false);
        var positions = new List<Position>();
        for (var i = 0; i < order.Count; i++)
        {
            var number = order.After(null)[i];
            positions.AddRange(await reader.ReadAsync(() =>
            {
                var some = new List<Position>();
                _accounts.AddPositions(number, moment, some);
                return some;
            }, cancellation).ConfigureAwait(false));
        }
        return (book, positions);
    }

    private async Task<AccountOrder> OrderAccountsAsync(CancellationToken cancellation)
    {
        var (book, count) = await reader.ReadAsync(
            () => (reader.State.Book, reader.State.Book.DurableAccountCount), cancellation)
            .ConfigureAwait(false);
        return _accountOrder = _accountOrder is { } known && known.Count <= count
            ? known.UpTo(book, count)
            : new AccountOrder(book, count);
    }
}
