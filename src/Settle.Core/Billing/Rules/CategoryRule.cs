namespace Settle.Billing.Rules;

/// <summary>What one VAT category asks of an invoice.</summary>
internal sealed record CategoryRule(string Code, string Prefix)
{
    /// <summary>Whether it may have several rates, and with them several taxes.</summary>
    public bool HasRates { get; init; }

    /// <summary>The lowest rate; null where no rate may be given.</summary>
    public decimal? RateMin { get; init; } = 0;

    /// <summary>Whether the lowest rate itself is too low.</summary>
    public bool IsRateAboveMin { get; init; }

    /// <summary>Whether a reason must be given why there is no tax; else it may not be.</summary>
    public bool NeedsReason { get; init; }

    /// <summary>Whether the seller's number at the local tax office (BT-32) will do.</summary>
    public bool AcceptsTaxNumber { get; init; } = true;

    /// <summary>Whether the buyer's VAT id (BT-48) is needed.</summary>
    public bool NeedsBuyerVatId { get; init; }

    /// <summary>Whether the buyer's number in a register (BT-47) will do for that.</summary>
    public bool AcceptsBuyerRegistration { get; init; }

    /// <summary>Whether no VAT id may be given at all.</summary>
    public bool ForbidsVatIds { get; init; }

    /// <summary>All categories that have rules of their own.</summary>
    public static IReadOnlyList<CategoryRule> All { get; } =
    [
        new("S", "BR-S") { HasRates = true, IsRateAboveMin = true },
        new("Z", "BR-Z"),
        new("E", "BR-E") { NeedsReason = true },
        new("AE", "BR-AE")
        {
            NeedsReason = true,
            NeedsBuyerVatId = true,
            AcceptsBuyerRegistration = true,
        },
        new("K", "BR-IC") { NeedsReason = true, AcceptsTaxNumber = false, NeedsBuyerVatId = true },
        new("G", "BR-G") { NeedsReason = true, AcceptsTaxNumber = false },
        new("O", "BR-O") { NeedsReason = true, RateMin = null, ForbidsVatIds = true },
        new("L", "BR-AF") { HasRates = true },
        new("M", "BR-AG") { HasRates = true },
    ];
}
