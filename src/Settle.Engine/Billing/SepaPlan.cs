namespace Settle.Billing;

/// <summary>What orders would be made of: the items of each day, and what is left out.</summary>
/// <param name="Seller">The seller's profile.</param>
/// <param name="Days">The items, by the day on which the bank is to act, earliest first.</param>
/// <param name="Skipped">What is left out, and why.</param>
internal sealed record SepaPlan(BlockHash Seller,
    IReadOnlyList<(DateOnly Day, IReadOnlyList<OrderedItem> Items)> Days,
    IReadOnlyList<SkippedItem> Skipped);
