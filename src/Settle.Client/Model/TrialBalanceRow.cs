namespace Settle;

/// <summary>Accounts whose names begin with the same part.</summary>
public sealed record TrialBalanceRow
{
    /// <summary>
    /// The account's name, or how their names begin, with <c>:*</c>; <c>*</c> for all that have no
    /// row of their own.
    /// </summary>
    public required string Account { get; init; }

    /// <summary>How many accounts have something in them.</summary>
    public required int Accounts { get; init; }

    /// <summary>
    /// What those come to that are on the side of assets: with billing, those below zero, because
    /// the books are then the company's; else those above.
    /// </summary>
    public required Money Debit { get; init; }

    /// <summary>What the others come to.</summary>
    public required Money Credit { get; init; }
}
