namespace Settle;

/// <summary>All accounts, added up.</summary>
public sealed record TrialBalance
{
    /// <summary>The asset's code.</summary>
    public string Asset => Debit.Asset!;

    /// <summary>By value date at the end of this day; null for now.</summary>
    public DateOnly? On { get; init; }

    /// <summary>
    /// The groups, by name; 1 000 of the largest, and the others in one row.
    /// </summary>
    public required IReadOnlyList<TrialBalanceRow> Rows { get; init; }

    /// <summary>The sum of all debits.</summary>
    public required Money Debit { get; init; }

    /// <summary>The sum of all credits, which is the same.</summary>
    public required Money Credit { get; init; }
}
