namespace Settle;

/// <summary>A request to record a payment, for one invoice or for the oldest open ones.</summary>
public sealed record PaymentRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The customer's id; may be null if the invoice is given.</summary>
    public string? Customer { get; init; }

    /// <summary>The number of the invoice it pays; null to pay the oldest first.</summary>
    public string? Invoice { get; init; }

    /// <summary>
    /// More than zero, at most 2^53-1 minor units. Anything above the debt pays the next invoices.
    /// Without an asset it is in the invoice's, or else the customer's.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>The asset; null for the invoice's, or else the customer's.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }

    /// <summary>The day it was paid; null for today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The text on the bank statement, at most 1 024 UTF-8 bytes.</summary>
    public string? Reference { get; init; }

    /// <summary>The account it comes from; null for <c>@world</c>.</summary>
    public string? From { get; init; }

    /// <summary>Whether nothing was paid and the debt is written off.</summary>
    public bool WriteOff { get; init; }
}
