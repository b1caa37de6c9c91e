namespace Settle.Billing;

/// <summary>A price of a subscription.</summary>
internal struct PriceRow
{
    public SubscriptionPrice Price;

    /// <summary>Where the same subscription's one before it is, plus one; 0 for nowhere.</summary>
    public int Next;
}
