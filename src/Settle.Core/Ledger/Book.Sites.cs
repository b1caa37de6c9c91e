using Settle.Sites;

namespace Settle;

/// <content>What a site's chain gets from others when it reads them (S2).</content>
internal sealed partial class Book
{
    /// <summary>
    /// How many accounts, positions and assets there are: what is mentioned later, by a request
    /// that is not recorded, can be forgotten.
    /// </summary>
    public (int Accounts, int Positions, int Assets) Mentioned =>
        (AccountCount, PositionCount, Assets.Count);

    /// <summary>Forgets what only a request that is not recorded has mentioned (L8).</summary>
    public void Forget((int Accounts, int Positions, int Assets) before) =>
        Truncate(before.Accounts, before.Positions, before.Assets);

    /// <summary>Knows the assets that another chain knows, the default one first.</summary>
    public void LearnAssets(AssetTable others)
    {
        for (var number = 0; number < others.Count; number++)
        {
            var code = Encoding.UTF8.GetBytes(others[number].Code);
            if (Assets.Find(code) < 0) Assets.Add(code, others[number].Scale);
        }
    }

    /// <summary>Money that another site granted is here from now on.</summary>
    /// <param name="height">The block that has read the grant.</param>
    /// <param name="grant">The grant.</param>
    public void Receive(long height, SiteGrant grant)
    {
        var asset = FindAsset(Encoding.UTF8.GetBytes(grant.What.Asset));
        if (asset < 0)
            throw new FormatException($"a grant is of '{grant.What.Asset}', which is unknown");
        var number = MentionPosition(
            MentionAccount(Encoding.UTF8.GetBytes(grant.What.Account)), asset);
        Touch(number).Balance += grant.Amount;
        Note(number, new EntryLocation(height, 0), MovementKinds.Touched);
    }

    /// <summary>
    /// Takes over all that a lost or retired site had: its money, its open holds, and the terms of
    /// the accounts whose home it was. Its holds end by this chain's time.
    /// </summary>
    /// <param name="height">The block that takes over.</param>
    /// <param name="site">The state at the end of its chain.</param>
    public void Inherit(long height, Book site)
    {
        LearnAssets(site.Assets);
        var location = new EntryLocation(height, 0);
        var positions = new int[site.PositionCount];
        for (var at = 0; at < positions.Length; at++)
        {
            ref readonly var theirs = ref site.Position(at);
            var asset = FindAsset(Encoding.UTF8.GetBytes(site.Assets[theirs.Asset].Code));
            var number = MentionPosition(
                MentionAccount(site.AccountNameBytes(theirs.Account)), asset);
            positions[at] = number;
            if (!theirs.IsUsed) continue;
            ref var ours = ref Touch(number);
            ours.Balance += theirs.Balance;
            ours.Held += theirs.Held;
            var (floor, ceiling) = (theirs.Floor, theirs.Ceiling);
            if (floor != 0 || ceiling != Settle.Position.NoCeiling)
                SetLimits(number, floor, ceiling, location);
            Note(number, location, MovementKinds.Touched);
        }
        for (var account = 0; account < site.AccountCount; account++)
            InheritTerms(site, account, location);
        foreach (var hold in site.OpenHolds.OrderBy(hold => hold.Sequence))
        {
            var to = MentionAccount(site.AccountNameBytes(hold.To));
            Reopen(hold with
            {
                From = positions[hold.From], To = to, Sequence = ++_holdSequence,
            });
        }
    }

    private void InheritTerms(Book site, int account, EntryLocation location)
    {
        ref readonly var theirs = ref site.Account(account);
        if (!theirs.IsOpened || site.IsWorld(account)) return;
        var number = MentionAccount(site.AccountNameBytes(account));
        ref var ours = ref TouchAccount(number);
        (ours.IsOpened, ours.IsClosed) = (true, theirs.IsClosed);
        if (site.Notes(account) is { } notes) ours.Notes = Add(notes);
        Movements.Add(new Movement(number, 0, MovementKinds.State, location, ours.Notes,
            ours.IsClosed ? 1 : 0));
    }
}
