namespace Settle;

/// <summary>One line of a statement.</summary>
public sealed record StatementLine
{
    /// <summary>Its day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What happened.</summary>
    public required StatementLineKind Kind { get; init; }

    /// <summary>
    /// The number of the invoice or credit note, or the id of the payment, refund or charge-back.
    /// </summary>
    public required string Number { get; init; }

    /// <summary>The day an invoice is due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>How much; below zero if it reduces the debt.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the customer owes after it.</summary>
    public required Money Balance { get; init; }
}
