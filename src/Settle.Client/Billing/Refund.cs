namespace Settle;

/// <summary>Recorded money given back to a customer.</summary>
public sealed record Refund
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>What was given back.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>The day it was given back.</summary>
    public required DateOnly Date { get; init; }

    /// <inheritdoc cref="RefundRequest.Payment"/>
    public string? Payment { get; init; }

    /// <inheritdoc cref="PaymentRequest.Reference"/>
    public string? Reference { get; init; }

    /// <summary>The account it went to.</summary>
    public required string To { get; init; }

    /// <summary>Which invoices are open again, and by how much.</summary>
    public required IReadOnlyList<PaymentAllocation> Reopened { get; init; }

    /// <summary>
    /// The cash discounts of these invoices, which are lost; null for none.
    /// </summary>
    public IReadOnlyList<CashDiscountPart>? LostDiscounts { get; init; }

    /// <summary>How much of it was paid too much, and opened no invoice.</summary>
    public required Money OfCredit { get; init; }

    /// <inheritdoc cref="Transfer.NewAccounts"/>
    public IReadOnlyList<string>? NewAccounts { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
