namespace Settle;

/// <summary>A cash discount that was taken on an invoice, or was lost again.</summary>
public sealed record CashDiscountPart
{
    /// <summary>The invoice's number.</summary>
    public required string Invoice { get; init; }

    /// <summary>What was deducted, tax included.</summary>
    public required Money Amount { get; init; }

    /// <summary>By how much revenue and taxes are less, one part per category and rate.</summary>
    public required IReadOnlyList<InvoiceTax> Taxes { get; init; }

    /// <summary>What no net amounts with their taxes come to; null for nothing.</summary>
    public Money? Rounding { get; init; }
}
