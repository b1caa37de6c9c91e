namespace Settle;

/// <summary>
/// A request for a charge that recurs each month. The first and the last month are charged in
/// proportion to their days.
/// </summary>
public sealed record SubscriptionRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The subscription's own id, at most 100 UTF-8 bytes; null for the request's.
    /// </summary>
    public string? Subscription { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Minor units for a whole month, 1 to 2^53-1.</summary>
    public required long Amount { get; init; }

    /// <summary>The asset; null for the customer's.</summary>
    public string? Asset { get; init; }

    /// <inheritdoc cref="ChargeRequest.Description"/>
    public required string Description { get; init; }

    /// <inheritdoc cref="ChargeRequest.Tax"/>
    public string? Tax { get; init; }

    /// <summary>Whether the amount is <c>net</c> (the default) or <c>gross</c>.</summary>
    public string? Prices { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? End { get; init; }
}
