using Settle.Views;

namespace Settle.Reading;

/// <summary>Accounts and balances, now and as of a height or a time.</summary>
internal sealed partial class AccountLists(LedgerReader reader)
{
    private const string Accounts = "accounts";
    private const string Balances = "balances";

    // An account has a position in each asset that it uses, and one of the past is searched for.
    private const int SliceAccounts = 16;

    // Where few accounts have anything to show, a page may end before it is full.
    private const int PageAccounts = 8192;

    private readonly AccountReader _accounts = reader.Accounts;
    private readonly KnownOrder _order = new(reader, book => book.DurableAccountCount,
        book => book.AccountNameBytes);
    private readonly ValueDates _dates = new(reader);
    private readonly SiteAccounts _sites = new(reader.State);
    private readonly SiteOrder _siteOrder = new(reader);

    private bool HasSites => reader.State.Sites is { HasSites: true };

    public async Task<Account?> GetAsync(string account, AsOf at, CancellationToken cancellation)
    {
        var name = Encoding.UTF8.GetBytes(Texts.Given("account", account));
        await reader.ReachAsync(at, cancellation).ConfigureAwait(false);
        if (HasSites)
        {
            SiteAccounts.CheckNow(at);
            return await reader.ReadAsync(() => ReadAtSite(account), cancellation)
                .ConfigureAwait(false);
        }
        if (at.ValueDate is null)
        {
            return await reader.ReadAsync(() =>
            {
                var moment = _accounts.MomentOf(at);
                return _accounts.Find(name) is var number and >= 0
                    ? _accounts.Read(number, moment) : null;
            }, cancellation).ConfigureAwait(false);
        }
        var (found, then) = await reader.ReadAsync(
            () => (_accounts.Find(name), _accounts.MomentOf(at)), cancellation)
            .ConfigureAwait(false);
        if (found < 0) return null;
        var positions = await PositionsAsync(found, then, cancellation).ConfigureAwait(false);
        return await reader.ReadAsync(() => _accounts.Read(found, then, positions), cancellation)
            .ConfigureAwait(false);
    }

    private async Task<List<AccountPosition>> PositionsAsync(
        int account, Moment moment, CancellationToken cancellation)
    {
        var positions = await reader.ReadAsync(() =>
        {
            var some = new List<AccountPosition>();
            _accounts.AddPositions(account, moment, some);
            return some;
        }, cancellation).ConfigureAwait(false);
        if (moment.Day is not null)
            await _dates.MoveAsync(positions, moment, cancellation).ConfigureAwait(false);
        return positions;
    }

    public async Task<Page<Account>> ListAsync(AccountQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var isNewest = Words<AccountSort>.Of("sort", query.Sort) == "newest";
        var cursor = query.After is not null ? reader.Decode(query.After, Accounts)
            : new PageCursor
            {
                List = Accounts, Prefix = query.Prefix, Words = query.Words,
                NewestFirst = isNewest,
            };
        PageCursor.CheckSame("prefix", query.Prefix, cursor.Prefix);
        PageCursor.CheckSame("words", query.Words, cursor.Words);
        PageCursor.CheckSame("sort", isNewest ? true : null, (bool?)cursor.NewestFirst);
        var words = SearchWords.Of("words", cursor.Words);
        if (HasSites)
            return await ListAtSiteAsync(cursor, words, query.Limit, cancellation)
                .ConfigureAwait(false);
        if (words is not null || cursor.NewestFirst)
            return await FindAsync(cursor, words, query.Limit, cancellation).ConfigureAwait(false);
        var order = await _order.GetAsync(cancellation).ConfigureAwait(false);
        var (items, place, behind) = (new List<Account>(),
            int.Max(order.PlaceAfter(cursor.Name), order.PlaceOf(cursor.Prefix)),
            order.PlaceBehind(cursor.Prefix));
        var end = int.Min(behind, EndOf(order, place));
        await reader.ReadSlicesAsync(place, end, SliceAccounts, (from, to) =>
        {
            var (some, moment) = (new List<Account>(), _accounts.MomentOf(AsOf.Now));
            for (place = from; place < to && items.Count + some.Count <= query.Limit; place++)
                if (_accounts.Read(order[place], moment) is { } account) some.Add(account);
            items.AddRange(some);
            return items.Count <= query.Limit;
        }, cancellation).ConfigureAwait(false);
        if (items.Count <= query.Limit && place >= behind)
            return new Page<Account>(items, null);
        var page = items.Take(query.Limit).ToList();
        return new Page<Account>(page, reader.Encode(cursor with
        {
            Name = items.Count > query.Limit ? page[^1].Name
                : reader.State.Book.AccountName(order[place - 1]),
        }));
    }

    /// <summary>A page of all balances of one moment, which its cursor keeps.</summary>
    public async Task<Page<Balance>> ListBalancesAsync(
        BalanceQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var asked = TextOf(query.At);
        var cursor = query.After is null
            ? new PageCursor
            {
                List = Balances, At = asked, Prefix = query.Prefix, OnTo = query.At.ValueDate,
            }
            : reader.Decode(query.After, Balances);
        PageCursor.CheckSame("at", asked, cursor.At);
        PageCursor.CheckSame("on", query.At.ValueDate, cursor.OnTo);
        PageCursor.CheckSame("prefix", query.Prefix, cursor.Prefix);
        await reader.ReachAsync(query.At, cancellation).ConfigureAwait(false);
        if (HasSites)
            return await ListAtSiteAsync(query, cursor, cancellation).ConfigureAwait(false);
        var (book, moment) = await reader.ReadAsync(() => (reader.State.Book,
            query.After is null ? _accounts.MomentOf(query.At) : MomentOf(cursor)), cancellation)
            .ConfigureAwait(false);
        // Later than the moment, so that no account of it is missing.
        var order = await _order.GetAsync(cancellation).ConfigureAwait(false);
        var (place, behind) = (order.PlaceOf(cursor.Name ?? cursor.Prefix),
            order.PlaceBehind(cursor.Prefix));
        var end = int.Min(behind, EndOf(order, place));
        var begun = cursor.Account is not null && order.PlaceAfter(cursor.Name) > place
            ? place : -1;
        var positions = new List<AccountPosition>();
        await reader.ReadSlicesAsync(place, end, SliceAccounts, (from, to) =>
        {
            var some = new List<AccountPosition>();
            for (place = from; place < to && positions.Count + some.Count <= query.Limit; place++)
            {
                _accounts.AddPositions(order[place], moment, some);
                if (place == begun) some.RemoveAll(each => IsShown(book, each, cursor));
            }
            positions.AddRange(some);
            return positions.Count <= query.Limit;
        }, cancellation).ConfigureAwait(false);
        var isCut = positions.Count > query.Limit;
        if (isCut) positions.RemoveRange(query.Limit, positions.Count - query.Limit);
        var last = isCut ? Of(book, positions[^1]) : null;
        if (moment.Day is not null)
            await _dates.MoveAsync(positions, moment, cancellation).ConfigureAwait(false);
        var page = positions.ConvertAll(each => Of(book, each));
        cursor = cursor with
        {
            Height = moment.Height, Time = moment.Time, Location = moment.Recorded.Packed,
        };
        if (last is not null)
            cursor = cursor with { Name = last.Account, Account = last.Asset };
        else if (place < behind)
            cursor = cursor with { Name = book.AccountName(order[place]), Account = null };
        else return new Page<Balance>(page, null);
        return new Page<Balance>(page, reader.Encode(cursor));
    }

    private Moment MomentOf(PageCursor cursor) =>
        cursor.Height >= 0 && cursor.Height <= reader.State.Height
            ? new Moment(cursor.Height, cursor.Time) with
            {
                Day = cursor.OnTo?.DayNumber, Recorded = new EntryLocation(cursor.Location),
            }
            : throw PageCursor.NotOurs();

    private static int EndOf(NameOrder order, int place) =>
        int.Min(order.Count, place + PageAccounts);

    private static bool IsShown(Book book, AccountPosition shown, PageCursor cursor) =>
        string.CompareOrdinal(book.Assets[shown.Value.Asset].Code, cursor.Account) <= 0;

    private static Balance Of(Book book, AccountPosition shown)
    {
        var position = shown.Value;
        var asset = book.Assets[position.Asset];
        return new Balance
        {
            Account = book.AccountName(position.Account),
            Amount = asset.Of(position.Balance),
            Available = asset.Of(position.Available),
            Spendable = shown.Spendable(asset),
        };
    }

    private static string? TextOf(AsOf at) =>
        at.Height?.ToString(CultureInfo.InvariantCulture) ?? at.Time?.UtcDateTime.ToString(
            "O", CultureInfo.InvariantCulture);
}
