namespace Settle;

/// <summary>A recorded payment.</summary>
public sealed record Payment
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>What was paid.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>The day it was paid.</summary>
    public required DateOnly Date { get; init; }

    /// <inheritdoc cref="PaymentRequest.Invoice"/>
    public string? Invoice { get; init; }

    /// <inheritdoc cref="PaymentRequest.Reference"/>
    public string? Reference { get; init; }

    /// <summary>The account it came from.</summary>
    public required string From { get; init; }

    /// <inheritdoc cref="PaymentRequest.WriteOff"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WriteOff { get; init; }

    /// <summary>Which invoices it pays, and how much of each.</summary>
    public required IReadOnlyList<PaymentAllocation> Allocations { get; init; }

    /// <summary>
    /// The cash discounts that were taken with it, beside <see cref="Amount"/>; null for none.
    /// </summary>
    public IReadOnlyList<CashDiscountPart>? CashDiscounts { get; init; }

    /// <summary>What is left over for later invoices.</summary>
    public required Money Unallocated { get; init; }

    /// <summary>
    /// What refunds and charge-backs took back of it so far; null for nothing, and in the answer
    /// to a request for a payment.
    /// </summary>
    public Money? Returned { get; init; }

    /// <summary>
    /// What is left of it so far; null in the answer to a request for a payment.
    /// </summary>
    public Money? Left { get; init; }

    /// <summary>
    /// The ids of the refunds and charge-backs that took back something of it, newest first and
    /// 100 at most; null for none, and in the answer to a request for a payment.
    /// </summary>
    public IReadOnlyList<string>? ReturnedBy { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
