namespace Settle;

/// <summary>A request to record that a bank took a payment back.</summary>
public sealed record ChargebackRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The id of the payment.</summary>
    public required string Payment { get; init; }

    /// <summary>
    /// More than zero, at most what is left of the payment; null for all of that. Without an asset
    /// it is in the payment's.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// What the bank asks for it, zero or more in the payment's asset. It becomes a charge on the
    /// customer, out of scope of VAT, with the id of the charge-back; null for none.
    /// </summary>
    public Money? Fee { get; init; }

    /// <summary>The day it was taken back; null for today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <inheritdoc cref="PaymentRequest.Reference"/>
    public string? Reference { get; init; }
}
