namespace Settle;

/// <summary>An account's balance in one asset, with its terms.</summary>
public sealed record AccountBalance
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>Minor units: what came in minus what went out.</summary>
    public required Int128 Balance { get; init; }

    /// <summary>Minor units: the balance minus open holds.</summary>
    public required Int128 Available { get; init; }

    /// <summary>How far below zero it may fall.</summary>
    public Overdraft Overdraft { get; init; }

    /// <summary>The highest balance that incoming money may lead to; null for no limit.</summary>
    public Ceiling? Ceiling { get; init; }
}
