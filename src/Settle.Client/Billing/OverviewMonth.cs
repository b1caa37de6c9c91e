namespace Settle;

/// <summary>What was billed and received in a month.</summary>
public sealed record OverviewMonth
{
    /// <summary>Its first day.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>
    /// What invoices of this month came to, with tax and less what credit notes of this month took
    /// back; deposits that an invoice settles count once.
    /// </summary>
    public required Money Billed { get; init; }

    /// <summary>
    /// What customers paid in this month. Write-offs, and what went back, are not in it. Null for a
    /// month before the newest 20 000 payments.
    /// </summary>
    public Money? Received { get; init; }
}
