namespace Settle;

/// <summary>A request to credit an invoice.</summary>
public sealed record CreditRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The invoice's number.</summary>
    public required string Invoice { get; init; }

    /// <summary>
    /// With tax, at most what is not credited yet; null for all. Without an asset it is in the
    /// invoice's.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// The lines to credit, 1 000 at most, each once; null for all. Cannot be combined with an
    /// amount.
    /// </summary>
    public IReadOnlyList<CreditLine>? Lines { get; init; }

    /// <summary>
    /// Opens the charges of the invoice, or of the lines, again, so that the next run bills them
    /// anew. They must be credited wholly, and for the first time.
    /// </summary>
    public bool Rebill { get; init; }

    /// <summary>The reason, for the customer to read; at most 1 024 UTF-8 bytes.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The date of the credit note, not before that of the invoice; null for today in the seller's
    /// zone, or the invoice's date if that is later.
    /// </summary>
    public DateOnly? Date { get; init; }
}
