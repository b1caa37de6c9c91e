namespace Settle;

/// <summary>Who owes what, and since when.</summary>
public sealed record AgeingReport
{
    /// <summary>The asset's code.</summary>
    public string Asset => Total.Asset!;

    /// <summary>As of this day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>
    /// Customers who owe something, or have something to their credit; those who owe most first,
    /// 10 000 at most.
    /// </summary>
    public required IReadOnlyList<AgeingRow> Rows { get; init; }

    /// <summary>How many customers have no row of their own; the sums count them too.</summary>
    public required int LeftOut { get; init; }

    /// <summary>What all of them owe, by age.</summary>
    public required Ageing Ageing { get; init; }

    /// <summary>What all of them owe, less what is to their credit.</summary>
    public required Money Total { get; init; }
}
