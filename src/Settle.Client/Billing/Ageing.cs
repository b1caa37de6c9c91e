namespace Settle;

/// <summary>What is owed, by how long it has been due.</summary>
public sealed record Ageing
{
    /// <summary>Not due yet.</summary>
    public required Money Current { get; init; }

    /// <summary>
    /// Due for at most 30 days. What is owed beyond the invoices is due from its first day on: an
    /// overpayment that was given back, and its payment then taken back by the bank.
    /// </summary>
    public required Money Days30 { get; init; }

    /// <summary>Due for 31 to 60 days.</summary>
    public required Money Days60 { get; init; }

    /// <summary>Due for 61 to 90 days.</summary>
    public required Money Days90 { get; init; }

    /// <summary>Due for more than 90 days.</summary>
    public required Money Older { get; init; }
}
