namespace Settle;

/// <summary>One line of a statement.</summary>
public sealed record StatementLine
{
    /// <summary>Its day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary><c>invoice</c>, <c>credit_note</c>, <c>payment</c> or <c>write_off</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The number of the invoice or credit note, or the id of the payment.</summary>
    public required string Number { get; init; }

    /// <summary>The day an invoice is due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Minor units; below zero if it reduces the debt.</summary>
    public required long Amount { get; init; }

    /// <summary>Minor units that the customer owes after it.</summary>
    public required Int128 Balance { get; init; }
}
