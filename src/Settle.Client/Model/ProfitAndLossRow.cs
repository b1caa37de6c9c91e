namespace Settle;

/// <summary>An account that billing earns on, or gives up on.</summary>
public sealed record ProfitAndLossRow
{
    /// <summary>The account's name.</summary>
    public required string Account { get; init; }

    /// <summary>Whether it is an expense; else it is income.</summary>
    public required bool Expense { get; init; }

    /// <summary>What it comes to; below zero is the opposite.</summary>
    public required Money Amount { get; init; }
}
