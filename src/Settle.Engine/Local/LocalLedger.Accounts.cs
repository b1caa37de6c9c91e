using System.Text;
using Settle.Chain;

namespace Settle.Local;

/// <content>Accounts and balances, now and as of a height or a time.</content>
internal sealed partial class LocalLedger
{
    public async Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellation = default)
    {
        var name = Encoding.UTF8.GetBytes(account);
        if (at.IsNow)
        {
            return await ReadAsync(
                () => FindAccount(name) is var known and >= 0
                    ? ReadAccount(known, place => _state.Book.ExpiredBy(place, Now)) : null,
                cancellation).ConfigureAwait(false);
        }
        var (height, time) = await MomentOfAsync(at, cancellation).ConfigureAwait(false);
        var number = await ReadAsync(() => FindAccount(name), cancellation).ConfigureAwait(false);
        return number < 0 ? null
            : await ReadPastAsync(number, height, time, cancellation).ConfigureAwait(false);
    }

    public async Task<Page<Account>> ListAccountsAsync(
        PageQuery query, CancellationToken cancellation = default)
    {
        CheckLimit(query.Limit);
        var after = query.After is null ? null : Cursor.Decode(query.After).Name;
        var order = await OrderAccountsAsync(cancellation).ConfigureAwait(false);
        return await ReadAsync(() =>
        {
            var items = new List<Account>();
            var expired = _state.Book.ExpiredBy(Now);
            foreach (var number in order.After(after))
            {
                if (Read(number) is not { } account) continue;
                if (items.Count == query.Limit)
                    return new Page<Account>(items, new Cursor { Name = items[^1].Name }.Encode());
                items.Add(account);
            }
            return new Page<Account>(items, null);

            Account? Read(int number) =>
                ReadAccount(number, place => expired.GetValueOrDefault(place));
        }, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Balance>> ListBalancesAsync(AsOf at = default,
        CancellationToken cancellation = default)
    {
        if (at.IsNow) return await ListBalancesNowAsync(cancellation).ConfigureAwait(false);
        var balances = new List<Balance>();
        var (height, time) = await MomentOfAsync(at, cancellation).ConfigureAwait(false);
        // The past does not change, so it needs no lock from its first account to its last.
        var order = await OrderAccountsAsync(cancellation).ConfigureAwait(false);
        for (var i = 0; i < order.Count; i++)
        {
            var past = await ReadPastAsync(order.After(null)[i], height, time, cancellation)
                .ConfigureAwait(false);
            Add(balances, past);
        }
        return balances;
    }

    // Settling waits while the numbers are read, so only they are: names never change, and the
    // accounts were sorted before. All is of one height.
    private async Task<IReadOnlyList<Balance>> ListBalancesNowAsync(CancellationToken cancellation)
    {
        var known = await OrderAccountsAsync(cancellation).ConfigureAwait(false);
        var (book, rows) = await ReadAsync(() =>
        {
            var book = _state.Book;
            var expired = book.ExpiredBy(Now);
            var rows =
                new List<(int Account, ushort Asset, Int128 Balance, Int128 Held)>(known.Count);
            foreach (var number in known.UpTo(book, book.DurableAccountCount).After(null))
            {
                for (var at = book.DurableAccount(number).FirstPosition; at >= 0;)
                {
                    var position = book.DurablePosition(at);
                    if (position.IsUsed)
                    {
                        var held = position.Held - expired.GetValueOrDefault(at);
                        rows.Add((number, position.Asset, position.Balance, held));
                    }
                    at = position.Next;
                }
            }
            return (book, rows);
        }, cancellation).ConfigureAwait(false);
        var balances = new List<Balance>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var name = i > 0 && rows[i].Account == rows[i - 1].Account
                ? balances[^1].Account : book.AccountName(rows[i].Account);
            balances.Add(new Balance(name, book.Assets[rows[i].Asset].Code,
                rows[i].Balance, rows[i].Balance - rows[i].Held));
            // Of one account, the assets are in order too; there are few.
            for (var j = i; j > 0 && rows[j - 1].Account == rows[i].Account
                && string.CompareOrdinal(balances[j].Asset, balances[j - 1].Asset) < 0; j--)
            {
                (balances[j], balances[j - 1]) = (balances[j - 1], balances[j]);
            }
        }
        return balances;
    }

    /// <summary>Microseconds since 1970.</summary>
    private long Now => ChainTime.From(_options.Clock.GetUtcNow());

    private static void Add(List<Balance> balances, Account? account)
    {
        foreach (var balance in account?.Balances ?? [])
            balances.Add(
                new Balance(account!.Name, balance.Asset, balance.Balance, balance.Available));
    }

    private int FindAccount(byte[] name)
    {
        var number = _state.Book.FindAccount(name);
        return number < _state.Book.DurableAccountCount ? number : -1;
    }

    /// <summary>An account now; null when nothing successful ever touched it.</summary>
    /// <param name="number">The account.</param>
    /// <param name="expiredOf">How much of what a position holds has expired by now.</param>
    private Account? ReadAccount(int number, Func<int, Int128> expiredOf)
    {
        var book = _state.Book;
        var account = book.DurableAccount(number);
        var balances = new List<AccountBalance>();
        for (var at = account.FirstPosition; at >= 0;)
        {
            var position = book.DurablePosition(at);
            if (position.IsUsed)
            {
                var held = position.Held == 0 ? 0 : position.Held - expiredOf(at);
                balances.Add(ToBalance(position, position.Balance, held));
            }
            at = position.Next;
        }
        return balances.Count == 0 && !account.IsOpened
            ? null : ToAccount(number, account, balances, _state.Height);
    }

    private AccountBalance ToBalance(in Position position, Int128 balance, Int128 held) => new()
    {
        Asset = _state.Book.Assets[position.Asset].Code,
        Balance = balance,
        Available = balance - held,
        Overdraft = position.Floor == Position.NoFloor
        ? Overdraft.Unlimited : Overdraft.Of(-position.Floor),
        Ceiling = position.Ceiling == Position.NoCeiling ? null : Ceiling.Of(position.Ceiling),
    };

    private Account ToAccount(
        int number, in AccountState account, List<AccountBalance> balances, long height)
    {
        balances.Sort((a, b) => string.CompareOrdinal(a.Asset, b.Asset));
        var notes = _state.Book.DurableNotes(account);
        return new Account
        {
            Name = _state.Book.AccountName(number),
            Closed = account.IsClosed,
            Owners = notes is null ? null : EntryViews.Owners(notes.Owners),
            Meta = notes is null ? null : EntryViews.Meta(notes.Meta),
            Balances = balances,
            Height = height,
        };
    }

    private async Task<AccountOrder> OrderAccountsAsync(CancellationToken cancellation)
    {
        var (book, count) = await ReadAsync(
            () => (_state.Book, _state.Book.DurableAccountCount), cancellation)
            .ConfigureAwait(false);
        return _accountOrder = _accountOrder is { } known && known.Count <= count
            ? known.UpTo(book, count)
            : new AccountOrder(book, count);
    }

    private static bool SameTerms(Account account, AccountRequest request, string defaultAsset)
    {
        var balance =
            account.Balances.FirstOrDefault(b => b.Asset == (request.Asset ?? defaultAsset));
        if (balance is null) return false;
        return (request.Overdraft is null || request.Overdraft == balance.Overdraft)
            && (request.Ceiling is null || request.Ceiling == (balance.Ceiling ?? Ceiling.None))
            && (request.Closed is null || request.Closed == account.Closed)
            && (request.Owners is null || request.Owners.SequenceEqual(account.Owners ?? []))
            && (request.Meta is null || SameMeta(request.Meta, account.Meta));
    }

    private static bool SameMeta(
        IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string>? b) =>
        a.Count == (b?.Count ?? 0)
        && a.All(pair => b!.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
