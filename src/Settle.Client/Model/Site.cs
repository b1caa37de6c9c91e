namespace Settle;

/// <summary>One of the sites of a ledger, as far as another one has read of it.</summary>
internal sealed record Site
{
    /// <summary>Its name; <c>main</c> is the founder.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the site that says this.</summary>
    public bool IsOwn { get; init; }

    /// <summary>What the names of the accounts begin with whose home it is.</summary>
    public string? Prefix { get; init; }

    /// <summary>Where it answers.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// <c>active</c>, <c>not joined</c>, <c>suspended</c>, <c>ended</c>, <c>retired</c>,
    /// <c>forked</c>, or <c>refused</c>: its next block is one that the rules would not make.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Why its next block is refused, or where it forked.</summary>
    public string? Reason { get; init; }

    /// <summary>The newest block of it that is here.</summary>
    public required long Height { get; init; }

    /// <summary>The newest block of it that this site has read.</summary>
    public required long Read { get; init; }

    /// <summary>The time of its newest block that is here, UTC; null for none.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>How far each other site has read it.</summary>
    public IReadOnlyDictionary<string, long> SeenBy { get; init; } =
        new Dictionary<string, long>();

    /// <summary>What could be spent there at once, in each asset: the sum of its parts.</summary>
    public IReadOnlyList<Money> Parts { get; init; } = [];
}
