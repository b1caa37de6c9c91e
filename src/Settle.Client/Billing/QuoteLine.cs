namespace Settle;

/// <summary>
/// A line of an offer: an amount, or a quantity and its unit price, but not both.
/// </summary>
public sealed record QuoteLine
{
    /// <inheritdoc cref="ChargeRequest.Amount"/>
    public Money? Amount { get; init; }

    /// <summary>The text on the quote and on the invoice, at most 1 024 UTF-8 bytes.</summary>
    public required string Description { get; init; }

    /// <inheritdoc cref="ChargeRequest.Tax"/>
    public string? Tax { get; init; }

    /// <inheritdoc cref="ChargeRequest.Exemption"/>
    public string? Exemption { get; init; }

    /// <inheritdoc cref="ChargeRequest.ExemptionCode"/>
    public string? ExemptionCode { get; init; }

    /// <inheritdoc cref="ChargeRequest.Prices"/>
    public PriceKind? Prices { get; init; }

    /// <inheritdoc cref="ChargeRequest.Quantity"/>
    public decimal? Quantity { get; init; }

    /// <inheritdoc cref="ChargeRequest.UnitPrice"/>
    public decimal? UnitPrice { get; init; }

    /// <inheritdoc cref="ChargeRequest.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="ChargeRequest.Discount"/>
    public Money? Discount { get; init; }

    /// <inheritdoc cref="ChargeRequest.CostCentre"/>
    public string? CostCentre { get; init; }
}
