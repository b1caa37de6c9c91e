namespace Settle.Billing.Rules;

/// <summary>
/// An allowance (BG-20, BG-27) or a charge (BG-21, BG-28) of a document or a line; those of a line
/// have no tax of their own.
/// </summary>
internal sealed record EnAllowance
{
    /// <summary>BT-92, BT-99, BT-136, BT-141.</summary>
    public decimal? Amount { get; init; }

    /// <summary>BT-93, BT-100, BT-137, BT-142.</summary>
    public decimal? Base { get; init; }

    /// <summary>BT-94, BT-101, BT-138, BT-143: the part of the base, in percent.</summary>
    public decimal? Percent { get; init; }

    /// <summary>BT-95, BT-102.</summary>
    public string? Category { get; init; }

    /// <summary>BT-96, BT-103.</summary>
    public decimal? Rate { get; init; }

    /// <summary>BT-97, BT-104, BT-139, BT-144.</summary>
    public string? Reason { get; init; }

    /// <summary>BT-98, BT-105, BT-140, BT-145.</summary>
    public string? ReasonCode { get; init; }
}
