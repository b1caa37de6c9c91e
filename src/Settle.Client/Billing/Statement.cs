namespace Settle;

/// <summary>What a customer was billed and paid, in one asset.</summary>
public sealed record Statement
{
    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Closing.Asset!;

    /// <summary>The first day; null for the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What the customer owed before; below zero is a credit.</summary>
    public required Money Opening { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>What the customer owes after; below zero is a credit.</summary>
    public required Money Closing { get; init; }

    /// <summary>How old the debt is on the last day.</summary>
    public required Ageing Ageing { get; init; }
}
