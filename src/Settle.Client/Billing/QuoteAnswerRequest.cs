namespace Settle;

/// <summary>What a customer answers to a quote.</summary>
public sealed record QuoteAnswerRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The day of the answer; null for today in the customer's zone. What was accepted is charged
    /// for it.
    /// </summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// Whether the quote is taken as accepted although it has expired. Only for those that are
    /// accepted.
    /// </summary>
    public bool Late { get; init; }

    /// <summary>Why, for your own records: at most 1 024 UTF-8 bytes.</summary>
    public string? Reason { get; init; }
}
