namespace Settle.Wire;

/// <summary>The customer that the address names, as it should be from now on.</summary>
internal sealed record CustomerBody
{
    /// <inheritdoc cref="CustomerRequest.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="CustomerRequest.Party"/>
    public required Party Party { get; init; }

    /// <inheritdoc cref="CustomerRequest.Zone"/>
    public string? Zone { get; init; }

    /// <inheritdoc cref="CustomerRequest.Treatment"/>
    public TaxTreatment? Treatment { get; init; }

    /// <inheritdoc cref="CustomerRequest.TermsDays"/>
    public int TermsDays { get; set; } = 14;

    /// <inheritdoc cref="CustomerRequest.CashDiscounts"/>
    public IReadOnlyList<CashDiscount>? CashDiscounts { get; init; }

    /// <inheritdoc cref="CustomerRequest.NoReminders"/>
    public bool NoReminders { get; init; }

    /// <inheritdoc cref="CustomerRequest.Asset"/>
    public string? Asset { get; init; }

    public CustomerRequest For(string customer) => new()
    {
        Id = Id,
        Customer = customer,
        Party = Party,
        Zone = Zone,
        Treatment = Treatment,
        TermsDays = TermsDays,
        CashDiscounts = CashDiscounts,
        NoReminders = NoReminders,
        Asset = Asset,
    };
}
