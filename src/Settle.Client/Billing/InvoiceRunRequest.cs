namespace Settle;

/// <summary>A request to invoice open charges.</summary>
public sealed record InvoiceRunRequest
{
    /// <summary>
    /// The id of the run, at most 64 UTF-8 bytes; a run repeated with its id gives the same
    /// invoices. Null for a new one.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The last day whose charges are billed, in each customer's zone.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The date of the invoices; null for today in the seller's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// Rates for invoices that are not in the seller's tax currency: of each such currency one, in
    /// either direction. An invoice that has tax and lacks its rate is not made.
    /// </summary>
    public IReadOnlyList<ExchangeRate>? Rates { get; init; }

    /// <summary>Only this customer; null for all customers.</summary>
    public string? Customer { get; init; }

    /// <summary>
    /// A text for the letters and electronic invoices (BT-22), at most 1 024 UTF-8 bytes.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>
    /// The order that the invoices of one customer name (BT-13), at most 200 UTF-8 bytes; null for
    /// the customer's own.
    /// </summary>
    public string? OrderNumber { get; init; }

    /// <summary>
    /// What the invoices of one customer refer to (BT-10), at most 200 UTF-8 bytes; null for the
    /// customer's own.
    /// </summary>
    public string? BuyerReference { get; init; }

    /// <summary>
    /// The numbers of paid deposit invoices of one customer that the invoice settles, at most 100:
    /// it deducts what they brought.
    /// </summary>
    public IReadOnlyList<string>? Settles { get; init; }

    /// <summary>Whether to only show what the run would make.</summary>
    public bool DryRun { get; init; }
}
