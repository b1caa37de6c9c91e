namespace Settle.Chains;

/// <content>
/// What another site's block may let through (S13): nothing below a floor, no id twice, nothing
/// that is another's to decide. Its refusals and the terms of other homes are decided again where
/// all chains are verified.
/// </content>
internal sealed partial class SiteLedger
{
    private const KindSet Founders = KindSet.Ledger | KindSet.Asset | KindSet.Site
        | KindSet.Suspend | KindSet.End | KindSet.Billing;

    private void CheckPlace(SiteChain chain, in Request entry)
    {
        var isMain = chain == Main;
        if (!isMain && Founders.Has(entry.Kind))
            throw Fault(chain, entry, "only the founder decides such a thing");
        if (isMain && entry is { Kind: EntryKind.Join or EntryKind.Retire,
            Refusal: RefusalCode.None })
            throw Fault(chain, entry, "the founder neither joins nor retires");
        if (entry.Kind == EntryKind.Join && chain.Height > 0)
            throw Fault(chain, entry, "it has joined before");
        if (entry.Kind.IsAsked())
        {
            var id = _scratch.Bytes(entry.Id);
            if (SiteOf(id) != chain.Site) throw Fault(chain, entry, "another site decides it");
            if (Decided(id) is { } before)
                throw Fault(chain, entry, $"{before.Chain.Site} has decided it before");
        }
        if (entry is { Kind: EntryKind.Account, Refusal: RefusalCode.None }
            && HomeOf(_scratch.Bytes(entry.From)) != chain.Site)
            throw Fault(chain, entry, "another site is the account's home");
        if (KindSet.Sharing.Has(entry.Kind)
            && _scratch.Text(entry.To) is var other
            && (Chain(other) is null || other == chain.Site))
        {
            throw Fault(chain, entry, $"there is no other site '{other}'");
        }
        if (entry.Kind == EntryKind.Grant) CheckGrant(chain, entry);
    }

    private void CheckGrant(SiteChain chain, in Request entry)
    {
        ref readonly var terms = ref _scratch.Site(entry);
        if (entry.Amount < (terms.IsStanding ? 0 : 1) || terms.Level < 0)
            throw Fault(chain, entry, "it grants nothing");
        if (terms.IsStanding && HomeOf(_scratch.Bytes(entry.From)) != chain.Site)
            throw Fault(chain, entry, "another site is the account's home");
    }

    private void CheckAssets(SiteChain chain, in Request entry)
    {
        if (entry.Refusal != RefusalCode.None) return;
        var isUnknown = (KindSet.Transfer | KindSet.Hold | KindSet.Account | KindSet.Sharing)
            .Has(entry.Kind) && entry.FromPosition < 0;
        foreach (ref var posting in entry.Kind == EntryKind.Transaction
            ? _scratch.Postings(entry) : [])
            isUnknown |= posting.FromPosition < 0;
        if (isUnknown) throw Fault(chain, entry, "its asset is unknown");
    }

    private void CheckFloors(SiteChain chain, in Request entry)
    {
        if (entry.Refusal != RefusalCode.None || entry.Kind.IsBilling()) return;
        if (entry.Kind is EntryKind.Transaction or EntryKind.Revert && entry.ExtraCount > 0)
        {
            foreach (ref var posting in _scratch.Postings(entry))
                CheckFloor(chain, entry, posting.FromPosition);
        }
        else if ((KindSet.Moving | KindSet.Account | KindSet.Grant).Has(entry.Kind))
        {
            CheckFloor(chain, entry, entry.FromPosition);
        }
    }

    private void CheckFloor(SiteChain chain, in Request entry, int number)
    {
        ref readonly var position = ref chain.Book.Position(number);
        if (position.Floor != Position.NoFloor && position.Available < position.Floor)
        {
            throw Fault(chain, entry,
                $"{chain.Book.AccountName(position.Account)} would fall below its floor");
        }
    }

    private FormatException Fault(SiteChain chain, in Request entry, string why) => new(
        $"{chain.Site} records a {entry.Kind.Text()} '{_scratch.Text(entry.Id)}', but {why}");
}
