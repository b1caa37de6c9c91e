namespace Settle;

/// <summary>The seller, who sends the invoices.</summary>
public sealed record Seller
{
    /// <summary>The id of the request that set it.</summary>
    public required string Id { get; init; }

    /// <inheritdoc cref="SellerRequest.Party"/>
    public required Party Party { get; init; }

    /// <inheritdoc cref="SellerRequest.Zone"/>
    public required string Zone { get; init; }

    /// <inheritdoc cref="SellerRequest.TaxRates"/>
    public required IReadOnlyList<string> TaxRates { get; init; }

    /// <inheritdoc cref="SellerRequest.DefaultTax"/>
    public string? DefaultTax { get; init; }

    /// <inheritdoc cref="SellerRequest.Series"/>
    public required string Series { get; init; }

    /// <inheritdoc cref="SellerRequest.FirstNumbers"/>
    public IReadOnlyList<string>? FirstNumbers { get; init; }

    /// <inheritdoc cref="SellerRequest.Dunning"/>
    public DunningSettings? Dunning { get; init; }

    /// <inheritdoc cref="SellerRequest.CashDiscounts"/>
    public IReadOnlyList<CashDiscount>? CashDiscounts { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
