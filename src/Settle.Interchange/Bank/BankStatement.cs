namespace Settle.Bank;

/// <summary>One list of lines in a bank's file, as it was read.</summary>
internal sealed record BankStatement
{
    /// <summary>What it is.</summary>
    public required BankStatementKind Kind { get; init; }

    /// <summary>What the bank calls it, with its page; null when it has no number.</summary>
    public string? Number { get; init; }

    /// <summary>The balance before its first line, in minor units; null when not said.</summary>
    public long? Opening { get; init; }

    /// <summary>The balance after its last line, in minor units; null when not said.</summary>
    public long? Closing { get; init; }

    /// <summary>The asset of its balances.</summary>
    public string? Asset { get; init; }

    /// <summary>The booked lines, in its order, without their ids.</summary>
    public required IReadOnlyList<BankLine> Lines { get; init; }
}
