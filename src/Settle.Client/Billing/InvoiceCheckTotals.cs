namespace Settle;

/// <summary>
/// The totals of a checked invoice: decimals in the major unit with the digits that it has, because
/// others' invoices may have more than their currency; null for what it does not say.
/// </summary>
public sealed record InvoiceCheckTotals
{
    /// <summary>The sum of the lines (BT-106).</summary>
    public string? Lines { get; init; }

    /// <summary>The allowances (BT-107).</summary>
    public string? Allowances { get; init; }

    /// <summary>The charges (BT-108).</summary>
    public string? Charges { get; init; }

    /// <summary>Without tax (BT-109).</summary>
    public string? Net { get; init; }

    /// <summary>The tax (BT-110).</summary>
    public string? Tax { get; init; }

    /// <summary>With tax (BT-112).</summary>
    public string? Gross { get; init; }

    /// <summary>What was paid before (BT-113).</summary>
    public string? Paid { get; init; }

    /// <summary>What was rounded (BT-114).</summary>
    public string? Rounding { get; init; }

    /// <summary>What is to be paid (BT-115).</summary>
    public string? Payable { get; init; }
}
