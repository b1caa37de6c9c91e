namespace Settle;

/// <summary>A run that invoices what is open.</summary>
public sealed record InvoiceRunRequest
{
    /// <summary>
    /// The id of the run, at most 64 UTF-8 bytes; a run repeated with its id gives the same
    /// invoices. Null makes one.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The last day whose charges are billed, in each customer's zone.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The date of the invoices; null is today in the seller's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Only this customer; null is all of them.</summary>
    public string? Customer { get; init; }

    /// <summary>Shows what it would make, and makes nothing.</summary>
    public bool DryRun { get; init; }
}
