namespace Settle;

/// <summary>What a request would do to an account in one asset.</summary>
public sealed record BalanceChange
{
    /// <summary>The account's name.</summary>
    public required string Account { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => After.Asset!;

    /// <summary>The balance now.</summary>
    public required Money Before { get; init; }

    /// <summary>The balance it would have.</summary>
    public required Money After { get; init; }

    /// <summary>What would be available: that balance minus open holds.</summary>
    public required Money Available { get; init; }

    /// <summary>What could be spent then: what is available, and the overdraft.</summary>
    public required Spendable Spendable { get; init; }
}
