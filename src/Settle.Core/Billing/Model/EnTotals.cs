namespace Settle.Billing.Rules;

/// <summary>BG-22: the totals of an invoice.</summary>
internal sealed record EnTotals
{
    /// <summary>BT-106: the sum of the lines.</summary>
    public decimal? Lines { get; init; }

    /// <summary>BT-107: the sum of the allowances.</summary>
    public decimal? Allowances { get; init; }

    /// <summary>BT-108: the sum of the charges.</summary>
    public decimal? Charges { get; init; }

    /// <summary>BT-109: without tax.</summary>
    public decimal? Net { get; init; }

    /// <summary>BT-110: the tax, in the invoice's currency.</summary>
    public decimal? Tax { get; init; }

    /// <summary>How often BT-110 is there; no more than once is right.</summary>
    public int TaxCount { get; init; } = 1;

    /// <summary>BT-111: the tax, in the currency of the tax office.</summary>
    public decimal? TaxInTaxCurrency { get; init; }

    /// <summary>BT-112: with tax.</summary>
    public decimal? Gross { get; init; }

    /// <summary>BT-113: what has been paid.</summary>
    public decimal? Paid { get; init; }

    /// <summary>BT-DEX-002: what is paid for others, in an XRechnung with its extension.</summary>
    public decimal? ThirdParty { get; init; }

    /// <summary>BT-114: what was rounded.</summary>
    public decimal? Rounding { get; init; }

    /// <summary>BT-115: what is to be paid.</summary>
    public decimal? Payable { get; init; }
}
