namespace Settle;

/// <summary>What a verification found.</summary>
public sealed record VerificationReport
{
    /// <summary>The sites whose chains were read, the founder first; one in most ledgers.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [SiteNames.Founder];

    /// <summary>How many blocks were read.</summary>
    public required long Blocks { get; init; }

    /// <summary>How many entries were decided again.</summary>
    public required long Entries { get; init; }

    /// <summary>How many accounts exist: something successful has touched them.</summary>
    public required long Accounts { get; init; }

    /// <summary>Every fault, in the order of the chain; empty if there is none.</summary>
    public required IReadOnlyList<VerificationFault> Faults { get; init; }

    /// <summary>
    /// What persons confirmed so that the chain could go on, in the order of the chain.
    /// </summary>
    public IReadOnlyList<ChainRecovery> Recoveries { get; init; } = [];

    /// <summary>Whether no fault was found.</summary>
    public bool IsClean => Faults.Count == 0;
}
