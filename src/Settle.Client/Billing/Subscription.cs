namespace Settle;

/// <summary>A charge that recurs each period.</summary>
public sealed record Subscription
{
    /// <summary>The subscription's own id; <c>subscription</c> in JSON.</summary>
    [JsonPropertyName("subscription")]
    public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>
    /// The amount for a whole period, after the discount; as it was agreed first.
    /// </summary>
    public required Money Amount { get; init; }

    /// <inheritdoc cref="ChargeRequest.Quantity"/>
    public decimal? Quantity { get; init; }

    /// <inheritdoc cref="ChargeRequest.UnitPrice"/>
    public decimal? UnitPrice { get; init; }

    /// <inheritdoc cref="ChargeRequest.Unit"/>
    public string? Unit { get; init; }

    /// <summary>The discount on each whole period; null for none.</summary>
    public Money? Discount { get; init; }

    /// <summary>
    /// Its other prices, each from a day on, the earliest first; null if it has none.
    /// </summary>
    public IReadOnlyList<PriceChange>? Changes { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <inheritdoc cref="ChargeRequest.Description"/>
    public required string Description { get; init; }

    /// <inheritdoc cref="ChargeRequest.Tax"/>
    public string? Tax { get; init; }

    /// <inheritdoc cref="ChargeRequest.Exemption"/>
    public string? Exemption { get; init; }

    /// <inheritdoc cref="ChargeRequest.ExemptionCode"/>
    public string? ExemptionCode { get; init; }

    /// <inheritdoc cref="ChargeRequest.CostCentre"/>
    public string? CostCentre { get; init; }

    /// <inheritdoc cref="SubscriptionRequest.Prices"/>
    public required PriceKind Prices { get; init; }

    /// <summary>How long each period is.</summary>
    public required BillingInterval Every { get; init; }

    /// <summary>
    /// A day on which a period begins; null where they are those of the calendar.
    /// </summary>
    public DateOnly? Anchor { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? End { get; init; }

    /// <summary>
    /// What an end does not change: days after it that are billed already, or that it is before the
    /// first day; null for nothing.
    /// </summary>
    public string? Warning { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
