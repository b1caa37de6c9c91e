using System.Text;
using Settle.Chain;

namespace Settle.Local;

/// <content>Accounts and balances, now and as of a height or a time.</content>
internal sealed partial class LocalLedger
{
    public async Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellation = default)
    {
        var height = at.IsNow ? -1 : await HeightOfAsync(at, cancellation).ConfigureAwait(false);
        return await ReadAsync(() =>
        {
            var number = _state.Book.FindAccount(Encoding.UTF8.GetBytes(account));
            if (number < 0 || number >= _state.Book.DurableAccountCount) return null;
            return height < 0 ? ReadAccount(number) : ReadAccountAt(number, height);
        }, cancellation).ConfigureAwait(false);
    }

    public async Task<Page<Account>> ListAccountsAsync(
        PageQuery query, CancellationToken cancellation = default)
    {
        CheckLimit(query.Limit);
        var after = query.After is null ? null : Cursor.Decode(query.After).Name;
        var order = OrderAccounts();
        return await ReadAsync(() =>
        {
            var items = new List<Account>();
            foreach (var number in order.After(after))
            {
                if (ReadAccount(number) is not { } account) continue;
                if (items.Count == query.Limit)
                    return new Page<Account>(items, new Cursor { Name = items[^1].Name }.Encode());
                items.Add(account);
            }
            return new Page<Account>(items, null);
        }, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Balance>> ListBalancesAsync(AsOf at = default,
        CancellationToken cancellation = default)
    {
        var height = at.IsNow ? -1 : await HeightOfAsync(at, cancellation).ConfigureAwait(false);
        var order = OrderAccounts();
        return await ReadAsync(() =>
        {
            var balances = new List<Balance>();
            foreach (var number in order.After(null))
            {
                var account = height < 0 ? ReadAccount(number) : ReadAccountAt(number, height);
                if (account is null) continue;
                foreach (var balance in account.Balances)
                    balances.Add(new Balance(
                        account.Name, balance.Asset, balance.Balance, balance.Available));
            }
            return balances;
        }, cancellation).ConfigureAwait(false);
    }

    /// <summary>An account now; null when nothing successful ever touched it.</summary>
    private Account? ReadAccount(int number)
    {
        var book = _state.Book;
        var account = book.DurableAccount(number);
        var now = ChainTime.From(_options.Clock.GetUtcNow());
        var balances = new List<AccountBalance>();
        for (var at = account.FirstPosition; at >= 0;)
        {
            var position = book.DurablePosition(at);
            if (position.IsUsed)
                balances.Add(
                    ToBalance(position, position.Balance, position.Held - book.ExpiredBy(at, now)));
            at = position.Next;
        }
        return balances.Count == 0 && !account.IsOpened
            ? null : ToAccount(number, account, balances, _state.Height);
    }

    /// <summary>An account as of a height, with the terms of today.</summary>
    private Account? ReadAccountAt(int number, long height)
    {
        var book = _state.Book;
        var account = book.DurableAccount(number);
        var found = new Dictionary<ushort, (Movement Row, Int128 Held)>();
        var wanted = 0;
        for (var at = account.FirstPosition; at >= 0; at = book.DurablePosition(at).Next) wanted++;
        Movement held = default;
        _state.Index.ReadBackward(number, new EntryLocation(height + 1, 0), row =>
        {
            if (row.Kinds == MovementKinds.Held) held = row;
            else if (row.Kinds != MovementKinds.None)
            {
                var isHeld = held.Location == row.Location && held.Asset == row.Asset;
                found.TryAdd(row.Asset, (row, isHeld ? held.Value : 0));
            }
            return found.Count < wanted;
        });
        if (found.Count == 0) return null;
        var balances = new List<AccountBalance>();
        for (var at = account.FirstPosition; at >= 0;)
        {
            var position = book.DurablePosition(at);
            if (found.TryGetValue(position.Asset, out var past))
                balances.Add(ToBalance(position, past.Row.Value, past.Held));
            at = position.Next;
        }
        return ToAccount(number, account, balances, long.Min(height, _state.Height));
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

    private AccountOrder OrderAccounts()
    {
        Book book;
        int count;
        lock (_state.Lock) (book, count) = (_state.Book, _state.Book.DurableAccountCount);
        if (_accountOrder is { } known && known.IsOf(book) && known.Count == count) return known;
        return _accountOrder = new AccountOrder(book, count);
    }

    private static long CountAccounts(Book book)
    {
        var count = 0L;
        for (var number = 0; number < book.DurableAccountCount; number++)
        {
            var account = book.DurableAccount(number);
            var isUsed = account.IsOpened;
            for (var at = account.FirstPosition; at >= 0 && !isUsed;
                at = book.DurablePosition(at).Next)
                isUsed = book.DurablePosition(at).IsUsed;
            if (isUsed) count++;
        }
        return count;
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
