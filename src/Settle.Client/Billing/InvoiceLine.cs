namespace Settle;

/// <summary>One line of an invoice.</summary>
public sealed record InvoiceLine
{
    /// <summary>The id of its charge; null in a credit note of an amount.</summary>
    public string? Charge { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    /// <summary>The first day it is for; null if it is for one day.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>
    /// How many days of its period a subscription charges; null for all of them, and for others.
    /// </summary>
    public int? ChargedDays { get; init; }

    /// <summary>
    /// How many days that period has, be it a month or another one; null if
    /// <see cref="ChargedDays"/> is.
    /// </summary>
    public int? MonthDays { get; init; }

    /// <summary>The day it is for, or the last of its days.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How many.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>The unit's UN/ECE code.</summary>
    public string Unit { get; init; } = "C62";

    /// <summary>The price of one, net, in the major unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>The net discount on the line.</summary>
    public Money Discount { get; init; }

    /// <summary>
    /// In a credit note: what was credited of the line before, net; null if that is nothing, or if
    /// the line does not show the price that was agreed.
    /// </summary>
    public Money? CreditedBefore { get; init; }

    /// <summary>
    /// The line's total without tax, after the discount and what was credited before.
    /// </summary>
    public required Money Net { get; init; }

    /// <inheritdoc cref="InvoiceTax.Category"/>
    public required string Category { get; init; }

    /// <inheritdoc cref="InvoiceTax.Rate"/>
    public required decimal Rate { get; init; }

    /// <inheritdoc cref="ChargeRequest.Exemption"/>
    public string? Exemption { get; init; }

    /// <inheritdoc cref="ChargeRequest.ExemptionCode"/>
    public string? ExemptionCode { get; init; }

    /// <inheritdoc cref="ChargeRequest.CostCentre"/>
    public string? CostCentre { get; init; }

    /// <summary>Whether its price was agreed without tax or with it.</summary>
    public PriceKind Prices { get; init; } = PriceKind.Net;
}
