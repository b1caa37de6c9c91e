namespace Settle;

/// <summary>What a run ordered, or would order: an order for each day.</summary>
public sealed record SepaRun
{
    /// <summary>The id of the run, which the ids of its orders begin with.</summary>
    public required string Id { get; init; }

    /// <summary>Its orders, by day.</summary>
    public required IReadOnlyList<SepaOrder> Orders { get; init; }

    /// <summary>What is in no order although it would be due, and why.</summary>
    public required IReadOnlyList<SkippedItem> Skipped { get; init; }

    /// <summary>Whether this was a dry run, which makes nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }
}
