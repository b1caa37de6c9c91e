namespace Settle;

/// <summary>Money from a customer: for one invoice, or for the oldest open ones.</summary>
public sealed record PaymentRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The customer's id; null when the invoice is named.</summary>
    public string? Customer { get; init; }

    /// <summary>The number of the invoice it is for; null pays the oldest first.</summary>
    public string? Invoice { get; init; }

    /// <summary>
    /// Minor units, 1 to 2^53-1. What is more than the debt is used by the next invoices.
    /// </summary>
    public required long Amount { get; init; }

    /// <summary>The asset; null is the invoice's, or the customer's.</summary>
    public string? Asset { get; init; }

    /// <summary>The day it was paid; null is today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>What the bank statement says, at most 1 024 UTF-8 bytes.</summary>
    public string? Reference { get; init; }

    /// <summary>The account it comes from; null is <c>@world</c>.</summary>
    public string? From { get; init; }

    /// <summary>Nothing was paid: the debt is given up.</summary>
    public bool WriteOff { get; init; }
}
