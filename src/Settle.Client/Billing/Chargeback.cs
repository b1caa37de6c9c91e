namespace Settle;

/// <summary>A recorded charge-back: a payment that a bank took back.</summary>
public sealed record Chargeback
{
    /// <summary>The id it was decided under; with a fee, the id of that charge too.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the payment.</summary>
    public required string Payment { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>What was taken back.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>What the bank asked for it, which the next invoice bills; null for none.</summary>
    public Money? Fee { get; init; }

    /// <summary>The day it was taken back.</summary>
    public required DateOnly Date { get; init; }

    /// <inheritdoc cref="PaymentRequest.Reference"/>
    public string? Reference { get; init; }

    /// <summary>The account it went back to.</summary>
    public required string To { get; init; }

    /// <summary>Which invoices are open again, and by how much.</summary>
    public required IReadOnlyList<PaymentAllocation> Reopened { get; init; }

    /// <summary>
    /// The cash discounts of these invoices, which are lost; null for none.
    /// </summary>
    public IReadOnlyList<CashDiscountPart>? LostDiscounts { get; init; }

    /// <summary>
    /// How much of it opened no invoice: it was paid too much, or had been given back before.
    /// </summary>
    public required Money OfCredit { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
