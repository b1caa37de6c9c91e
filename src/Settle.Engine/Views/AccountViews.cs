using Settle.State;

namespace Settle.Views;

/// <summary>Makes the answers of decided account requests.</summary>
internal static class AccountViews
{
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
}
