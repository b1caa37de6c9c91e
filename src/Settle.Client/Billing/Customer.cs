namespace Settle;

/// <summary>A customer.</summary>
public sealed record Customer
{
    /// <summary>The customer's own id, which charges name; <c>customer</c> in JSON.</summary>
    [JsonPropertyName("customer")]
    public required string Id { get; init; }

    /// <summary>The name and address; null once erased.</summary>
    public Party? Party { get; init; }

    /// <summary>Whether the name and address were erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Erased { get; init; }

    /// <summary>The country, which the ledger knows even after erasure.</summary>
    public required string Country { get; init; }

    /// <summary>The time zone's IANA name.</summary>
    public required string Zone { get; init; }

    /// <inheritdoc cref="CustomerRequest.Treatment"/>
    public required TaxTreatment Treatment { get; init; }

    /// <inheritdoc cref="CustomerRequest.TermsDays"/>
    public required int TermsDays { get; init; }

    /// <inheritdoc cref="CustomerRequest.CashDiscounts"/>
    public IReadOnlyList<CashDiscount>? CashDiscounts { get; init; }

    /// <inheritdoc cref="CustomerRequest.NoReminders"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NoReminders { get; init; }

    /// <summary>The asset of charges that do not name one.</summary>
    public required string Asset { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
