namespace Settle.Simulation;

/// <summary>A request in the simulation's own words, which the auditor reads too.</summary>
internal sealed record Wish(WishKind Kind, string Id)
{
    public string From { get; init; } = "";

    public string To { get; init; } = "";

    public long Amount { get; init; }

    public string? Asset { get; init; }

    /// <summary>The hold, or what is reverted.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Seconds; 0 for never.</summary>
    public long ExpiresIn { get; init; }

    /// <summary>Minor units; null leaves it as it is, -1 is unlimited.</summary>
    public long? Overdraft { get; init; }

    /// <summary>Minor units; null leaves it as it is.</summary>
    public long? Ceiling { get; init; }

    public bool? Closed { get; init; }

    /// <summary>Whether accounts must be opened first.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Who signed it; empty for nobody, who may all.</summary>
    public string Author { get; init; } = "";

    public bool IsTeller { get; init; }

    public string Timestamp { get; init; } = "";

    /// <summary>Who may sign for the account; null leaves it as it is.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <summary>What only billing asks; null for everything else.</summary>
    public Bill? Bill { get; init; }

    public IReadOnlyList<WishPosting> Postings { get; init; } = [];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Kind.ToString().ToLowerInvariant()} {Id} {Content}");

    private string Content => Kind switch
    {
        WishKind.Transfer => $"{From} -> {To} {Amount} {Asset}".TrimEnd(),
        WishKind.Transaction => string.Join(" + ",
            Postings.Select(p => $"{p.From} -> {p.To} {p.Amount} {p.Asset}".TrimEnd())),
        WishKind.Hold => $"{From} -> {To} {Amount} {Asset}".TrimEnd()
            + (ExpiresIn > 0 ? $" for {ExpiresIn} s" : ""),
        WishKind.Strict => $"{IsStrict}",
        WishKind.Capture or WishKind.Revert =>
            Amount > 0 ? $"{Amount} of {Reference}" : $"all of {Reference}",
        _ when Bill is not null => string.Join(' ', ((string[])
            [Reference, From, Amount > 0 ? $"{Amount}" : "", Asset ?? "", Bill.ToString()])
            .Where(part => part.Length > 0)),
        WishKind.Account => $"{From} overdraft {Overdraft} ceiling {Ceiling} closed {Closed}",
        _ => $"of {Reference}",
    };
}
