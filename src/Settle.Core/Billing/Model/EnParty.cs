namespace Settle.Billing.Rules;

/// <summary>A party: BG-4 the seller, BG-7 the buyer, BG-10 the payee, BG-11.</summary>
internal sealed record EnParty
{
    /// <summary>BT-27, BT-44, BT-59, BT-62.</summary>
    public string? Name { get; init; }

    /// <summary>BT-28, BT-45.</summary>
    public string? TradingName { get; init; }

    /// <summary>BT-29, BT-46, BT-60.</summary>
    public IReadOnlyList<EnIdentifier> Identifiers { get; init; } = [];

    /// <summary>BT-30, BT-47, BT-61: the number in a register.</summary>
    public EnIdentifier? Registration { get; init; }

    /// <summary>BT-31, BT-48, BT-63.</summary>
    public string? VatId { get; init; }

    /// <summary>BT-32: the number at the local tax office.</summary>
    public string? TaxNumber { get; init; }

    /// <summary>BT-34, BT-49: where e-invoices are sent.</summary>
    public EnIdentifier? Endpoint { get; init; }

    /// <summary>BG-5, BG-8, BG-12.</summary>
    public EnAddress? Address { get; init; }

    /// <summary>BG-6, BG-9; null when it has none at all.</summary>
    public EnContact? Contact { get; init; }
}
