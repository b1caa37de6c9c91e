namespace Settle;

/// <summary>Another price of a subscription.</summary>
public sealed record PriceChange
{
    /// <summary>The first day at this price.</summary>
    public required DateOnly From { get; init; }

    /// <inheritdoc cref="Subscription.Amount"/>
    public required Money Amount { get; init; }

    /// <inheritdoc cref="ChargeRequest.Quantity"/>
    public decimal? Quantity { get; init; }

    /// <inheritdoc cref="ChargeRequest.UnitPrice"/>
    public decimal? UnitPrice { get; init; }

    /// <inheritdoc cref="Subscription.Discount"/>
    public Money? Discount { get; init; }
}
