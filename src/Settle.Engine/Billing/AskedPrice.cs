namespace Settle.Billing;

/// <summary>The price that a charge or a subscription is asked with.</summary>
internal readonly record struct AskedPrice(Money? Amount, decimal? Quantity, decimal? UnitPrice,
    string? Unit, Money? Discount, string? Asset);
