namespace Settle;

/// <summary>An offer to a customer, which books nothing until it is accepted.</summary>
public sealed record QuoteRequest
{
    /// <summary>
    /// The id of this request, at most 64 UTF-8 bytes: repeating it with the same content is safe.
    /// Its lines are the charges <c>id:1</c>, <c>id:2</c> and so on. Null for a new one.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>What is offered: 1 to 200 lines.</summary>
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    /// <summary>
    /// The asset of all amounts; null for the one that they name, or else the customer's.
    /// </summary>
    public string? Asset { get; init; }

    /// <summary>Its date; null for today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The last day on which it can be accepted; null for no such day.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>
    /// A text for the customer, which its letter begins with: at most 1 024 UTF-8 bytes.
    /// </summary>
    public string? Note { get; init; }
}
