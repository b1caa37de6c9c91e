namespace Settle.Billing.Rules;

/// <summary>A postal address: BG-5 of the seller, BG-8 of the buyer, BG-12, BG-15.</summary>
internal sealed record EnAddress
{
    /// <summary>BT-35, BT-50.</summary>
    public string? Street { get; init; }

    /// <summary>BT-36, BT-51.</summary>
    public string? Street2 { get; init; }

    /// <summary>BT-37, BT-52, BT-77.</summary>
    public string? City { get; init; }

    /// <summary>BT-38, BT-53, BT-78.</summary>
    public string? PostalCode { get; init; }

    /// <summary>BT-40, BT-55, BT-69, BT-80: two letters of ISO 3166-1.</summary>
    public string? Country { get; init; }
}
