namespace Settle;

/// <summary>What a customer owes, and since when.</summary>
public sealed record AgeingRow
{
    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>What is owed, by age, as the customer's statement has it.</summary>
    public required Ageing Ageing { get; init; }

    /// <summary>What is owed in all; below zero is a credit.</summary>
    public required Money Total { get; init; }
}
