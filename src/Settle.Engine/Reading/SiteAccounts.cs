using Settle.Chains;

namespace Settle.Reading;

/// <summary>
/// Accounts of a ledger with several sites: the sum of the parts that each has, as far as this one
/// has read, with the terms of their homes. The caller holds the state's lock.
/// </summary>
internal sealed class SiteAccounts(LedgerReader reader)
{
    private SiteLedger Sites => reader.State.Sites!;

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
    public Account? Read(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var book = Sites.HomeBook(bytes) ?? Sites.Main.Book;
        var number = NumberIn(book, bytes);
        var terms = number < 0 ? default : book.DurableAccount(number);
        var notes = number < 0 ? null : book.DurableNotes(terms);
        var balances = CodesOf(bytes).Select(code => Sum(name, bytes, code))
            .OfType<AccountBalance>().OrderBy(each => each.Asset, StringComparer.Ordinal).ToList();
        if (balances.Count == 0 && !(number >= 0 && terms.IsOpened)) return null;
        return new Account
        {
            Name = name,
            Closed = number >= 0 && terms.IsClosed,
            Owners = notes is null ? null : Views.EntryViews.Owners(notes.Owners),
            Meta = notes is null ? null : Views.EntryViews.Meta(notes.Meta),
            Balances = balances,
            Height = reader.State.Height,
        };
    }

    private HashSet<string> CodesOf(byte[] name)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chain in Sites.Chains)
        {
            var number = Sites.IsTakenDurably(chain) ? -1 : NumberIn(chain.Book, name);
            if (number < 0) continue;
            foreach (var asset in chain.Book.DurableAssetsOf(number))
                codes.Add(asset == 0 ? "" : chain.Book.Assets[asset].Code);
        }
        return codes;
    }

    private AccountBalance? Sum(string name, byte[] bytes, string code)
    {
        Int128 balance = Sites.DurablyUnderWay(name, code), held = 0;
        var (isUsed, own, home) = (balance != 0, default(Position?), default(Position?));
        var homeSite = Sites.HomeOf(bytes);
        foreach (var (site, part) in Sites.DurableParts(name, code))
        {
            balance += part.Balance;
            held += part.Held - Expired(Sites.Chain(site)!.Book, bytes, part);
            isUsed |= part.IsUsed;
            if (site == homeSite) home = part;
            if (site == Sites.Own) own = part;
        }
        if (!isUsed) return null;
        var asset = code.Length == 0 ? reader.Assets.Default.Code : code;
        var isWorld = name == Book.World;
        var floor = home?.Floor ?? (isWorld ? Position.NoFloor : 0);
        var ceiling = home?.Ceiling ?? Position.NoCeiling;
        return new AccountBalance
        {
            Balance = reader.Assets.Of(balance, asset),
            Available = reader.Assets.Of(balance - held, asset),
            Spendable = floor == Position.NoFloor ? Spendable.Unlimited
                : Spendable.Of(reader.Assets.Of(balance - held - floor, asset)),
            Here = Here(own, bytes, asset, isWorld),
            Overdraft = floor == Position.NoFloor ? Overdraft.Unlimited
                : Overdraft.Of(reader.Assets.Of(-floor, asset)),
            Ceiling = ceiling == Position.NoCeiling
                ? null : Ceiling.Of(reader.Assets.Of(ceiling, asset)),
        };
    }

    private Spendable Here(Position? own, byte[] name, string asset, bool isWorld)
    {
        if (own is not { } part)
        {
            return isWorld ? Spendable.Unlimited : Spendable.Of(reader.Assets.Of(0, asset));
        }
        return part.Floor == Position.NoFloor ? Spendable.Unlimited
            : Spendable.Of(reader.Assets.Of(part.Available - part.Floor
                + Expired(Sites.Mine.Book, name, part), asset));
    }

    // What no block has freed yet, although its time is over.
    private Int128 Expired(Book book, byte[] name, in Position part)
    {
        if (part.Held == 0) return 0;
        var number = book.FindPosition(NumberIn(book, name), part.Asset);
        return book.ExpiredBy(number, reader.Now, out _);
    }

    private static int NumberIn(Book book, ReadOnlySpan<byte> name)
    {
        var number = book.FindAccount(name);
        return number < book.DurableAccountCount ? number : -1;
    }
}
