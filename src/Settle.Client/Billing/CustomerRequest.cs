namespace Settle;

/// <summary>A request to make a customer, or to replace everything about an existing one.</summary>
public sealed record CustomerRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The customer's own id, which charges name: at most 100 UTF-8 bytes of printable Unicode.
    /// </summary>
    public required string Customer { get; init; }

    /// <summary>The name and address.</summary>
    public required Party Party { get; init; }

    /// <summary>The time zone's IANA name; null for the seller's.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// What applies to all charges of the customer; null for standard, where each has its own tax.
    /// </summary>
    public TaxTreatment? Treatment { get; init; }

    /// <summary>How many days after its date an invoice is due, 0 to 365.</summary>
    public int TermsDays { get; set; } = 14;

    /// <summary>
    /// What the customer may deduct when paying early, at most 3; none of them if it is empty, and
    /// the seller's if it is null.
    /// </summary>
    public IReadOnlyList<CashDiscount>? CashDiscounts { get; init; }

    /// <summary>
    /// Whether the customer gets no reminders, perhaps because it disputes what it owes.
    /// </summary>
    public bool NoReminders { get; init; }

    /// <summary>The asset of charges that do not name one; null for the ledger's default.</summary>
    public string? Asset { get; init; }
}
