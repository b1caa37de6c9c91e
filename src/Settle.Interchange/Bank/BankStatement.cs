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

    /// <summary>The account that it is of.</summary>
    public required string Account { get; init; }

    /// <summary>
    /// What does not add up in it, by its own words: lines may be missing. Empty if all does.
    /// </summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>
    /// The balance after its lines, in minor units; null when the bank does not say where they
    /// begin, or has lines in another asset.
    /// </summary>
    public Int128? Reached => Opening is not { } opening
        || Lines.Any(line => line.Asset != Asset) ? null
            : Lines.Aggregate((Int128)opening, (sum, line) =>
                sum + (line.IsCredit ? line.Amount : -line.Amount));

    /// <summary>Warnings for whoever imports it.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            var name = Number is null ? $"the statement of {Account}"
                : $"statement {Number.Split('\n')[0]} of {Account}";
            return Faults.Concat(Unbalanced is { } fault ? [fault] : [])
                .Select(each => $"{name} does not add up: {each}; lines may be missing");
        }
    }

    private string? Unbalanced => Closing is not { } closing || Reached is not { } reached
        || reached == closing ? null
            : $"it opens with {Money.OfMinor(Opening!.Value, Asset!)} and closes with "
                + $"{Money.OfMinor(closing, Asset!)}, and its lines lead to "
                + Money.OfMinor(reached, Asset!, Money.OfMinor(0, Asset!).Scale);

    /// <summary>The booked lines, in its order, without their ids.</summary>
    public required IReadOnlyList<BankLine> Lines { get; init; }
}
