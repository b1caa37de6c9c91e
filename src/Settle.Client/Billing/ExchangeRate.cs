namespace Settle;

/// <summary>What one currency costs in another on a day.</summary>
public sealed record ExchangeRate
{
    /// <summary>The currency of which one costs <see cref="Rate"/>, by ISO 4217.</summary>
    public required string Base { get; init; }

    /// <summary>The currency that the rate is in, by ISO 4217.</summary>
    public required string Quote { get; init; }

    /// <summary>How much of <see cref="Quote"/> one of <see cref="Base"/> costs: more than zero,
    /// at most 12 decimals.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The day of the rate.</summary>
    public required DateOnly Date { get; init; }
}
