namespace Settle;

/// <summary>How a business is doing, in one asset.</summary>
public sealed record Overview
{
    /// <summary>The asset's code.</summary>
    public string Asset => Owed.Asset!;

    /// <summary>Today in the seller's time zone, in UTC where there is no seller.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What is open on invoices, in all.</summary>
    public required Money Owed { get; init; }

    /// <summary>How many invoices are open.</summary>
    public required int OpenInvoices { get; init; }

    /// <summary>What was due before today.</summary>
    public required Money Overdue { get; init; }

    /// <summary>How many invoices were due before today.</summary>
    public required int OverdueInvoices { get; init; }

    /// <summary>What customers have paid or were credited beyond their invoices.</summary>
    public required Money Credit { get; init; }

    /// <summary>
    /// What charges come to that no invoice bills yet, as they say themselves: some with tax, most
    /// without. Periods of subscriptions that are not charged yet are not in it.
    /// </summary>
    public required Money ToInvoice { get; init; }

    /// <summary>How many charges no invoice bills yet.</summary>
    public required int OpenCharges { get; init; }

    /// <summary>How many holds end today, in all assets; 1 000 at most.</summary>
    public required int HoldsEndingToday { get; init; }

    /// <summary>The last twelve months, this one last.</summary>
    public required IReadOnlyList<OverviewMonth> Months { get; init; }
}
