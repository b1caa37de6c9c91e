namespace Settle;

/// <summary>One of the sites of a ledger, as far as another one has read of it.</summary>
public sealed record Site
{
    /// <summary>Its name; <c>main</c> is the founder.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the site that says this.</summary>
    public bool IsOwn { get; init; }

    /// <summary>
    /// What the names of the accounts begin with whose home it is; null for none.
    /// </summary>
    public string? Prefix { get; init; }

    /// <summary>Where it answers; null if nobody has said.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// <c>active</c>, <c>not joined</c>, <c>suspended</c>, <c>ended</c>, <c>retired</c>,
    /// <c>forked</c>, <c>set back</c>, or <c>refused</c>: its next block is one that the rules
    /// would not make.
    /// </summary>
    public required string State { get; init; }

    /// <summary>
    /// Why its next block is refused, where it forked, or why it writes nothing; null where
    /// nothing is wrong.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>The newest block of it that is here; 0 for none.</summary>
    public required long Height { get; init; }

    /// <summary>The newest block of it that this site has read; 0 for none.</summary>
    public required long Read { get; init; }

    /// <summary>The time of its newest block that is here, UTC; null for none.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>How far each other site has read it.</summary>
    public IReadOnlyDictionary<string, long> SeenBy { get; init; } =
        new Dictionary<string, long>();

    /// <summary>
    /// What could be spent there at once, in each asset: the sum of its parts. It is summed bit by
    /// bit: what moves between accounts meanwhile may be missing or counted twice.
    /// </summary>
    public IReadOnlyList<SitePart> Parts { get; init; } = [];

    /// <summary>
    /// What it is kept at by the homes of accounts: whenever it has less than half of that, it is
    /// granted what it lacks. The first 100 by account;
    /// <see cref="ISites.ListAllowancesAsync"/> has all.
    /// </summary>
    public IReadOnlyList<StandingAllowance> Allowances { get; init; } = [];

    /// <summary>Of how many accounts it is kept at an amount.</summary>
    public long AllowanceCount { get; init; }

    /// <summary>
    /// With whom its server exchanges blocks by itself; only of the site that says this, and only
    /// while a server or a host has it open. Null for nobody.
    /// </summary>
    public IReadOnlyList<Peer>? Peers { get; init; }
}
