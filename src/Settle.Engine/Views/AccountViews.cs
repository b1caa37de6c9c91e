using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of accounts, and the answers of decided requests.</summary>
internal static class AccountViews
{
    /// <param name="book">The ledger's.</param>
    /// <param name="number">The account's.</param>
    /// <param name="isClosed">Whether it is closed.</param>
    /// <param name="notes">Its owners and data; null for none.</param>
    /// <param name="positions">What it has, in the order of the assets.</param>
    /// <param name="height">As of which block.</param>
    public static Account Of(Book book, int number, bool isClosed, AccountNotes? notes,
        List<AccountPosition> positions, long height) => new()
        {
            Name = book.AccountName(number),
            Closed = isClosed,
            Owners = notes is null ? null : EntryViews.Owners(notes.Owners),
            Meta = notes is null ? null : EntryViews.Meta(notes.Meta),
            Balances = positions.ConvertAll(
                shown => Balance(shown, book.Assets[shown.Value.Asset])),
            Height = height,
        };

    /// <summary>An account as the entry that was applied last left it.</summary>
    /// <param name="book">The ledger's.</param>
    /// <param name="name">The account, which there is.</param>
    /// <param name="height">The entry's block.</param>
    public static Account Decided(Book book, ReadOnlySpan<byte> name, long height)
    {
        var number = book.FindAccount(name);
        var account = book.Account(number);
        var positions = new List<AccountPosition>();
        for (var at = account.FirstPosition; at >= 0; at = book.Position(at).Next)
        {
            if (book.Position(at) is { IsUsed: true } position)
                positions.Add(new AccountPosition(position, account.IsClosed));
        }
        AccountPosition.Sort(book, positions, 0);
        return Of(book, number, account.IsClosed, book.Notes(number), positions, height);
    }

    /// <summary>An account with the terms that an entry gave it.</summary>
    /// <param name="account">The account after the entry's block, which may have others.</param>
    /// <param name="found">The entry.</param>
    /// <param name="assets">The ledger's.</param>
    public static Account With(Account account, RecalledEntry found, LedgerAssets assets)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Terms(found.Entry);
        var asset = EntryViews.Asset(batch, found.Entry.Asset, assets.Default.Code);
        var (overdraft, ceiling) = (terms.Overdraft, terms.Ceiling);
        return account with
        {
            Closed = terms.Closed ?? account.Closed,
            Owners = terms.Owners.IsEmpty ? account.Owners
                : EntryViews.Owners(batch.Bytes(terms.Owners)),
            Meta = found.Entry.Meta.IsEmpty ? account.Meta
                : EntryViews.Meta(batch.Bytes(found.Entry.Meta)),
            Balances = [.. account.Balances.Select(each => each.Asset != asset ? each : each with
            {
                Overdraft = overdraft switch
                {
                    AccountTerms.Unset => each.Overdraft,
                    AccountTerms.Unlimited => Overdraft.Unlimited,
                    _ => Overdraft.Of(assets.Of(overdraft, asset)),
                },
                Ceiling = ceiling switch
                {
                    AccountTerms.Unset => each.Ceiling,
                    AccountTerms.Unlimited => null,
                    _ => Ceiling.Of(assets.Of(ceiling, asset)),
                },
            })],
        };
    }

    private static AccountBalance Balance(AccountPosition shown, AssetState asset)
    {
        var position = shown.Value;
        return new AccountBalance
        {
            Balance = asset.Of(position.Balance),
            Available = asset.Of(position.Available),
            Spendable = shown.Spendable(asset),
            Overdraft = position.Floor == Position.NoFloor
                ? Overdraft.Unlimited : Overdraft.Of(asset.Of(-position.Floor)),
            Ceiling = position.Ceiling == Position.NoCeiling
                ? null : Ceiling.Of(asset.Of(position.Ceiling)),
        };
    }
}
