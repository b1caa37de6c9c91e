namespace Settle;

/// <summary>
/// A request for another price of a subscription, from a day on. It says all of the new price:
/// without a quantity or a discount, there is none any more.
/// </summary>
public sealed record RepriceRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The first day at the new price, on or after any day that is not billed yet. In the middle of
    /// a period, each part is charged in proportion to its days.
    /// </summary>
    public required DateOnly From { get; init; }

    /// <inheritdoc cref="SubscriptionRequest.Amount"/>
    public Money? Amount { get; init; }

    /// <summary>The asset of all amounts; null for the subscription's, which it must be.</summary>
    public string? Asset { get => field ?? Amount?.Asset ?? Discount?.Asset; init; }

    /// <inheritdoc cref="ChargeRequest.Quantity"/>
    public decimal? Quantity { get; init; }

    /// <inheritdoc cref="ChargeRequest.UnitPrice"/>
    public decimal? UnitPrice { get; init; }

    /// <inheritdoc cref="SubscriptionRequest.Discount"/>
    public Money? Discount { get; init; }
}
