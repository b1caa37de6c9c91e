namespace Settle;

/// <summary>Which invoices and credit notes to list.</summary>
public sealed record InvoiceQuery
{
    /// <summary>Only this customer's.</summary>
    public string? Customer { get; init; }

    /// <summary>Only those with this <see cref="Invoice.Status"/>.</summary>
    public InvoiceStatus? Status { get; init; }

    /// <summary>Whether the newest comes first; else the oldest does.</summary>
    public bool NewestFirst { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
