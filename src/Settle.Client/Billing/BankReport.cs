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

    /// <summary>
    /// What does not add up in the file, such as a closing balance that its lines do not lead to.
    /// Its lines are posted all the same. Null if all does.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The lines in the order of the statement.</summary>
    public required IReadOnlyList<BankReportLine> Lines { get; init; }
}
