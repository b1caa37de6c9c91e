namespace Settle.Accounting;

/// <summary>What a DATEV posting batch needs to know besides the invoices.</summary>
internal sealed record DatevOptions
{
    /// <summary>The tax adviser's number at DATEV, 1 001 to 9 999 999.</summary>
    public int Consultant { get; init; } = 1001;

    /// <summary>The client's number there, 1 to 99 999.</summary>
    public int Client { get; init; } = 1;

    /// <summary>The first day of the financial year.</summary>
    public required DateOnly YearStart { get; init; }

    /// <summary>The first day that the batch is of.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day that the batch is of.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When it is made: the header says it.</summary>
    public required DateTime Created { get; init; }

    /// <summary>The chart of accounts: <c>03</c> or <c>04</c>.</summary>
    public string Chart { get; init; } = "03";

    /// <summary>The debtor of customers that have no account of their own.</summary>
    public int Debtor { get; init; } = 10000;

    /// <summary>The debtors of customers, five digits each.</summary>
    public IReadOnlyDictionary<string, int> Debtors { get; init; } =
        new Dictionary<string, int>();

    /// <summary>
    /// Revenue accounts by category and rate (<c>S19</c>, <c>S7</c>, <c>AE</c>), where they are not
    /// the chart's usual ones.
    /// </summary>
    public IReadOnlyDictionary<string, int> Accounts { get; init; } =
        new Dictionary<string, int>();
}
