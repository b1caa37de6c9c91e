namespace Settle;

/// <summary>
/// A request for a charge that recurs each month, or each week, quarter or year. The first and the
/// last period are charged in proportion to their days.
/// </summary>
public sealed record SubscriptionRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The subscription's own id, at most 100 UTF-8 bytes; null for the request's.
    /// </summary>
    public string? Subscription { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>
    /// The amount for a whole period, before the discount: more than zero, at most 2^53-1 minor
    /// units. Without an asset it is in the customer's. Null if quantity and unit price are given.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>How many: more than zero, at most 6 decimals.</summary>
    public decimal? Quantity { get; init; }

    /// <inheritdoc cref="ChargeRequest.UnitPrice"/>
    public decimal? UnitPrice { get; init; }

    /// <inheritdoc cref="ChargeRequest.Unit"/>
    public string? Unit { get; init; }

    /// <summary>
    /// The discount on each whole period; parts of one have their share. Less than the price.
    /// </summary>
    public Money? Discount { get; init; }

    /// <summary>
    /// The asset of all amounts; null for the one that amount or discount name, or else the
    /// customer's.
    /// </summary>
    public string? Asset { get => field ?? Amount?.Asset ?? Discount?.Asset; init; }

    /// <inheritdoc cref="ChargeRequest.Description"/>
    public required string Description { get; init; }

    /// <inheritdoc cref="ChargeRequest.Tax"/>
    public string? Tax { get; init; }

    /// <summary>
    /// Why there is no tax, as it stands on the invoice: at most 400 UTF-8 bytes on one line. Needs
    /// a <see cref="Tax"/> such as <c>exempt</c>; null for the usual words.
    /// </summary>
    public string? Exemption { get; init; }

    /// <summary>The same as a code of VATEX: <c>VATEX-EU-132-1I</c>.</summary>
    public string? ExemptionCode { get; init; }

    /// <inheritdoc cref="ChargeRequest.CostCentre"/>
    public string? CostCentre { get; init; }

    /// <summary>Whether the amount is without tax (the default) or with it.</summary>
    public PriceKind? Prices { get; init; }

    /// <summary>How long each period is; null for a month.</summary>
    public BillingInterval? Every { get; init; }

    /// <summary>
    /// A day on which a period begins, so that a year is one from 15 March to 14 March. On the 29th
    /// to the 31st, a month that has no such day begins on its last. Null for the periods of the
    /// calendar; weeks begin on Monday.
    /// </summary>
    public DateOnly? Anchor { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? End { get; init; }
}
