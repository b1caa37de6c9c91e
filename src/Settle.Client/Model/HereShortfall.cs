namespace Settle;

/// <summary>Why money that the ledger has could not be spent at one site.</summary>
public sealed record HereShortfall
{
    /// <summary>The account that has to pay.</summary>
    public required string Account { get; init; }

    /// <summary>What of it can be spent at this site.</summary>
    public required Money Here { get; init; }

    /// <summary>What of it can be spent at all sites together, as far as this one has read.
    /// </summary>
    public required Spendable Total { get; init; }

    /// <summary>What is needed of it here.</summary>
    public required Money Needed { get; init; }

    /// <summary>The sites that were asked for the rest.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>One sentence, without the full stop.</summary>
    public override string ToString() =>
        $"{Account} can spend {Here} at this site, and {Needed.Digits} is needed; "
        + $"in all it can spend {Total}"
        + (Asked.Count == 0 ? "" : $", and {string.Join(", ", Asked)} "
            + (Asked.Count == 1 ? "was" : "were") + " asked for the rest");
}
