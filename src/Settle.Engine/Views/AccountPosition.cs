namespace Settle.Views;

/// <summary>An account in one asset, as a reader sees it.</summary>
/// <param name="Value">Its balance, what is held of it, and its limits.</param>
/// <param name="IsClosed">Whether the account is closed.</param>
internal readonly record struct AccountPosition(Position Value, bool IsClosed)
{
    /// <summary>What can be spent: nothing of a closed account.</summary>
    public Spendable Spendable(AssetState asset) => IsClosed ? Settle.Spendable.Of(asset.Of(0))
        : Value.Floor == Position.NoFloor ? Settle.Spendable.Unlimited
        : Settle.Spendable.Of(asset.Of(Value.Available - Value.Floor));

    /// <summary>Puts positions in the order of their assets.</summary>
    /// <param name="book">The ledger's.</param>
    /// <param name="positions">Those of one account, from a place on.</param>
    /// <param name="first">The place.</param>
    public static void Sort(Book book, List<AccountPosition> positions, int first) =>
        positions.Sort(first, positions.Count - first, Comparer<AccountPosition>.Create((a, b) =>
            string.CompareOrdinal(
                book.Assets[a.Value.Asset].Code, book.Assets[b.Value.Asset].Code)));
}
