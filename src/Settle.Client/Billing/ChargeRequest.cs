namespace Settle;

/// <summary>
/// Something to be billed: an amount, or a quantity and its unit price, but not both.
/// </summary>
public sealed record ChargeRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>
    /// The line's total before its discount: more than zero, at most 2^53-1 minor units. What the
    /// discount leaves of it is billed, and may be zero. Null if quantity and unit price are given.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// The asset of all amounts; null for the one that amount or discount name, or else the
    /// customer's.
    /// </summary>
    public string? Asset { get => field ?? Amount?.Asset ?? Discount?.Asset; init; }

    /// <summary>
    /// The first day it is for, if it is for several; the day that follows from
    /// <see cref="Date"/> or <see cref="Time"/> is then the last. Null for one day.
    /// </summary>
    public DateOnly? Start { get; init; }

    /// <summary>The day it is for; null for today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// The moment it is for, instead of a day. It counts on that moment's day in the customer's
    /// zone.
    /// </summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The text on the invoice, at most 1 024 UTF-8 bytes.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// One of the seller's rates in percent (<c>19</c>), <c>0</c>, or <c>exempt</c>,
    /// <c>reverse_charge</c>, <c>intra_community</c>, <c>export</c>, <c>out_of_scope</c>; null for
    /// the seller's default.
    /// </summary>
    public string? Tax { get; init; }

    /// <summary>
    /// Why there is no tax, as it stands on the invoice: at most 400 UTF-8 bytes on one line. Needs
    /// a <see cref="Tax"/> such as <c>exempt</c>; null for the usual words.
    /// </summary>
    public string? Exemption { get; init; }

    /// <summary>The same as a code of VATEX: <c>VATEX-EU-132-1I</c>.</summary>
    public string? ExemptionCode { get; init; }

    /// <summary>
    /// Whether amount, unit price and discount are without tax (the default) or with it.
    /// </summary>
    public PriceKind? Prices { get; init; }

    /// <summary>How many: more than zero, at most 6 decimals.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>
    /// The price of one in the major unit of the asset: not negative, at most 6 decimals. It is no
    /// amount of money, because it may have more decimals than the asset.
    /// </summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>The unit as its UN/ECE code: <c>HUR</c>, hours. Null is <c>C62</c>, one.</summary>
    public string? Unit { get; init; }

    /// <summary>The discount on the line's total, zero up to that total.</summary>
    public Money? Discount { get; init; }

    /// <summary>
    /// Whether it asks for money before the work is done: it is billed by a deposit invoice, and a
    /// later invoice deducts what that brought.
    /// </summary>
    public bool Deposit { get; init; }

    /// <summary>
    /// Where accountants count the revenue, such as <c>4711</c>: at most 36 UTF-8 bytes on one
    /// line; null for nowhere in particular.
    /// </summary>
    public string? CostCentre { get; init; }
}
