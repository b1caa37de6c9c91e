namespace Settle;

/// <summary>A request to record money given back to a customer.</summary>
public sealed record RefundRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>
    /// More than zero, at most what the customer has paid too much, or what is left of the payment.
    /// Without an asset it is in the payment's, or else the customer's.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>The asset; null for the payment's, or else the customer's.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }

    /// <summary>The id of the payment; null for what was paid too much.</summary>
    public string? Payment { get; init; }

    /// <summary>The day it was given back; null for today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <inheritdoc cref="PaymentRequest.Reference"/>
    public string? Reference { get; init; }

    /// <summary>
    /// The account it goes to; null for the one that the payment came from, or else <c>@world</c>.
    /// </summary>
    public string? To { get; init; }
}
