namespace Settle;

/// <summary>Which invoices and credit notes to list.</summary>
public sealed record InvoiceQuery
{
    /// <summary>Only this customer's.</summary>
    public string? Customer { get; init; }

    /// <summary>Only those with this <see cref="Invoice.Status"/>.</summary>
    public InvoiceStatus? Status { get; init; }

    /// <summary>
    /// Only those that are open and were due before today, in the seller's time zone.
    /// </summary>
    public bool Overdue { get; init; }

    /// <summary>Only those of this day or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only those of this day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether the newest comes first; else the oldest does.</summary>
    public bool NewestFirst { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
