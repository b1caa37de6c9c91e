namespace Settle;

/// <summary>What became of the lines of a bank statement.</summary>
public sealed record BankReport
{
    /// <summary>How many lines were posted now.</summary>
    public required int Posted { get; init; }

    /// <summary>How many had been posted before.</summary>
    public required int Known { get; init; }

    /// <summary>How many are a person's to decide.</summary>
    public required int Doubtful { get; init; }

    /// <summary>The lines in the order of the statement.</summary>
    public required IReadOnlyList<BankReportLine> Lines { get; init; }
}
