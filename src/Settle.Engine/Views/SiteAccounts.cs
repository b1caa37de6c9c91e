using Settle.Chains;
using Settle.State;

namespace Settle.Views;

/// <summary>
/// Accounts of a ledger with several sites: the sum of the parts that each has, as far as this one
/// has read, with the terms of their homes. The caller holds the state's lock.
/// </summary>
/// <param name="state">The ledger's.</param>
/// <param name="isDrafted">
/// Whether it counts what is decided and not durable yet: nobody is told that before it is.
/// </param>
internal sealed class SiteAccounts(LedgerState state, bool isDrafted = false)
{
    private SiteLedger Sites => state.Sites!;

    /// <summary>Refuses what only a single chain can tell.</summary>
    /// <exception cref="InvalidRequestException">A moment of the past is asked for.</exception>
    public static void CheckNow(AsOf at)
    {
        if (at.ValueDate is not null) throw Past("on");
        if (!at.IsNow) throw Past("at");
    }

    private static InvalidRequestException Past(string field) => new(field,
        "cannot be given at a ledger with several sites: its balances are shown as they are now");

    /// <summary>An account; null where no site has touched or opened it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="now">Holds that end until then are over, microseconds since 1970.</param>
    /// <param name="height">Of this site's chain, as of which it is.</param>
    public Account? Read(string name, long now, long height)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var book = Sites.HomeBook(bytes) ?? Sites.Main.Book;
        var number = NumberIn(book, bytes);
        var terms = number < 0 ? default
            : isDrafted ? book.Account(number) : book.DurableAccount(number);
        var notes = number < 0 ? null : book.DurableNotes(terms);
        var balances = CodesOf(bytes).Select(code => Sum(name, bytes, code, now))
            .OfType<AccountBalance>().OrderBy(each => each.Asset, StringComparer.Ordinal).ToList();
        if (balances.Count == 0 && !(number >= 0 && terms.IsOpened)) return null;
        return new Account
        {
            Name = name,
            Closed = number >= 0 && terms.IsClosed,
            Owners = notes is null ? null : Views.EntryViews.Owners(notes.Owners),
            Meta = notes is null ? null : Views.EntryViews.Meta(notes.Meta),
            Balances = balances,
            Height = height,
        };
    }

    private HashSet<string> CodesOf(byte[] name)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chain in Sites.Chains)
        {
            var number = Sites.IsTaken(chain, isDrafted) ? -1 : NumberIn(chain.Book, name);
            if (number < 0) continue;
            foreach (var asset in isDrafted
                ? chain.Book.AssetsOf(number) : chain.Book.DurableAssetsOf(number))
                codes.Add(asset == 0 ? "" : chain.Book.Assets[asset].Code);
        }
        return codes;
    }

    private AccountBalance? Sum(string name, byte[] bytes, string code, long now)
    {
        Int128 balance = Sites.UnderWay(name, code, isDrafted), held = 0;
        var (isUsed, own, home) = (balance != 0, default(Position?), default(Position?));
        var homeSite = Sites.HomeOf(bytes);
        foreach (var (site, part) in Sites.Parts(name, code, isDrafted))
        {
            balance += part.Balance;
            held += part.Held - Expired(Sites.Chain(site)!.Book, bytes, part, now);
            isUsed |= part.IsUsed;
            if (site == homeSite) home = part;
            if (site == Sites.Own) own = part;
        }
        if (!isUsed) return null;
        var asset = code.Length == 0 ? state.Assets.Default.Code : code;
        var isWorld = name == Book.World;
        var floor = home?.Floor ?? (isWorld ? Position.NoFloor : 0);
        var ceiling = home?.Ceiling ?? Position.NoCeiling;
        return new AccountBalance
        {
            Balance = Of(balance, asset),
            Available = Of(balance - held, asset),
            Spendable = floor == Position.NoFloor ? Spendable.Unlimited
                : Spendable.Of(Of(balance - held - floor, asset)),
            Here = isWorld ? Spendable.Unlimited : Here(own, bytes, asset, now),
            Overdraft = floor == Position.NoFloor ? Overdraft.Unlimited
                : Overdraft.Of(Of(-floor, asset)),
            Ceiling = ceiling == Position.NoCeiling
                ? null : Ceiling.Of(Of(ceiling, asset)),
        };
    }

    private Spendable Here(Position? own, byte[] name, string asset, long now)
    {
        if (own is not { } part) return Spendable.Of(Of(0, asset));
        return part.Floor == Position.NoFloor ? Spendable.Unlimited
            : Spendable.Of(Of(part.Available - part.Floor
                + Expired(Sites.Mine.Book, name, part, now), asset));
    }

    // The draft may have declared the asset.
    private Money Of(Int128 minor, string asset) =>
        isDrafted && state.Book.Assets.Find(Encoding.UTF8.GetBytes(asset)) is var code and >= 0
            ? state.Book.Assets[code].Of(minor) : state.Assets.Of(minor, asset);

    // What no block has freed yet, although its time is over.
    private Int128 Expired(Book book, byte[] name, in Position part, long now)
    {
        if (part.Held == 0) return 0;
        var number = book.FindPosition(NumberIn(book, name), part.Asset);
        if (!isDrafted) return book.ExpiredBy(number, now, out _);
        Int128 expired = 0;
        foreach (var hold in book.OpenHolds)
            if (hold.From == number && hold.ExpiresAt > 0 && hold.ExpiresAt <= now)
                expired += hold.Amount;
        return expired;
    }

    private int NumberIn(Book book, ReadOnlySpan<byte> name)
    {
        var number = book.FindAccount(name);
        return isDrafted || number < book.DurableAccountCount ? number : -1;
    }
}
