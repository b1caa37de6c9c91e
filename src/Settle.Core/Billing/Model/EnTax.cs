namespace Settle.Billing.Rules;

/// <summary>BG-23: the tax of one category and rate.</summary>
internal sealed record EnTax
{
    /// <summary>BT-116.</summary>
    public decimal? Net { get; init; }

    /// <summary>BT-117.</summary>
    public decimal? Tax { get; init; }

    /// <summary>BT-118.</summary>
    public string? Category { get; init; }

    /// <summary>BT-119, in percent.</summary>
    public decimal? Rate { get; init; }

    /// <summary>BT-120: why there is no tax.</summary>
    public string? Reason { get; init; }

    /// <summary>BT-121: why there is no tax, as a code of VATEX.</summary>
    public string? ReasonCode { get; init; }
}
