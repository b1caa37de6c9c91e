namespace Settle;

/// <summary>An account's balance in one asset, with its terms.</summary>
public sealed record AccountBalance
{
    /// <summary>The asset's code.</summary>
    public string Asset => Balance.Asset!;

    /// <summary>What came in minus what went out.</summary>
    public required Money Balance { get; init; }

    /// <summary>The balance minus open holds.</summary>
    public required Money Available { get; init; }

    /// <inheritdoc cref="Settle.Balance.Spendable"/>
    public Spendable Spendable { get; init; }

    /// <inheritdoc cref="Settle.Balance.Here"/>
    public Spendable? Here { get; init; }

    /// <summary>How far below zero it may fall.</summary>
    public Overdraft Overdraft { get; init; }

    /// <summary>The highest balance that incoming money may lead to; null for no limit.</summary>
    public Ceiling? Ceiling { get; init; }
}
