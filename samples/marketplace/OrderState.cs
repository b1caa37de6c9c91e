namespace Marketplace;

/// <summary>What became of an order.</summary>
/// <param name="Order">Its id.</param>
/// <param name="State"><c>placed</c>, <c>delivered</c> or <c>cancelled</c>.</param>
internal sealed record OrderState(string Order, string State);
