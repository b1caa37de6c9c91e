namespace Settle;

/// <summary>A request not to remind a customer of an invoice, or to do so again.</summary>
public sealed record ReminderHoldRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The number of the invoice, or of the reminder whose fee is meant.</summary>
    public required string Invoice { get; init; }

    /// <summary>Whether the customer is reminded of it again.</summary>
    public bool Released { get; init; }

    /// <summary>Why, for your own records: at most 1 024 UTF-8 bytes.</summary>
    public string? Reason { get; init; }

    /// <summary>Its date; null for today in the customer's zone.</summary>
    public DateOnly? Date { get; init; }
}
