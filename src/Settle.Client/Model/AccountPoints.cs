namespace Settle;

/// <summary>What an account had, day by day or month by month, by value date.</summary>
public sealed record AccountPoints
{
    /// <summary>The account's name.</summary>
    public required string Account { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>How far the points are apart.</summary>
    public required PointInterval By { get; init; }

    /// <summary>The points, oldest first; 400 at most.</summary>
    public required IReadOnlyList<BalancePoint> Points { get; init; }
}
