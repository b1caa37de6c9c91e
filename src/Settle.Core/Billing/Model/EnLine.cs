namespace Settle.Billing.Rules;

/// <summary>BG-25: a line.</summary>
internal sealed record EnLine
{
    /// <summary>BT-126.</summary>
    public string? Id { get; init; }

    /// <summary>BT-127.</summary>
    public string? Note { get; init; }

    /// <summary>BT-128: the object that is invoiced, with its scheme.</summary>
    public EnIdentifier? InvoicedObject { get; init; }

    /// <summary>BT-129.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>BT-130: a code of UN/ECE Recommendation 20 or 21.</summary>
    public string? Unit { get; init; }

    /// <summary>BT-131: its total without tax.</summary>
    public decimal? Net { get; init; }

    /// <summary>BG-26.</summary>
    public EnPeriod? Period { get; init; }

    /// <summary>BG-27.</summary>
    public IReadOnlyList<EnAllowance> Allowances { get; init; } = [];

    /// <summary>BG-28.</summary>
    public IReadOnlyList<EnAllowance> Charges { get; init; } = [];

    /// <summary>BT-146: the price of <see cref="PriceBase"/> units without tax.</summary>
    public decimal? Price { get; init; }

    /// <summary>BT-148: the price before the discount that BT-146 already has.</summary>
    public decimal? GrossPrice { get; init; }

    /// <summary>BT-147: the discount between them; null when there is none.</summary>
    public decimal? PriceDiscount { get; init; }

    /// <summary>Whether the price has a charge instead of a discount: no invoice may.</summary>
    public bool HasPriceCharge { get; init; }

    /// <summary>Whether it refers to a document that is not the invoiced object.</summary>
    public bool HasOtherDocument { get; init; }

    /// <summary>BT-149; null is one.</summary>
    public decimal? PriceBase { get; init; }

    /// <summary>BT-150.</summary>
    public string? PriceUnit { get; init; }

    /// <summary>BT-151.</summary>
    public string? Category { get; init; }

    /// <summary>BT-152, in percent.</summary>
    public decimal? Rate { get; init; }

    /// <summary>BT-153.</summary>
    public string? Name { get; init; }

    /// <summary>BT-154.</summary>
    public string? Description { get; init; }

    /// <summary>BT-157: the item's number in a standard, with its scheme.</summary>
    public EnIdentifier? StandardItem { get; init; }

    /// <summary>BT-158: the item's classes, with their schemes.</summary>
    public IReadOnlyList<EnIdentifier> Classes { get; init; } = [];

    /// <summary>BT-159.</summary>
    public string? Origin { get; init; }

    /// <summary>BG-32.</summary>
    public IReadOnlyList<EnAttribute> Attributes { get; init; } = [];
}
