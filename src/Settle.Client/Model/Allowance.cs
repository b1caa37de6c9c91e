namespace Settle;

/// <summary>What a site was granted of an account.</summary>
public sealed record Allowance
{
    /// <summary>Whose money it is.</summary>
    public required string Account { get; init; }

    /// <summary>The site that may spend it.</summary>
    public required string Site { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Granted.Asset!;

    /// <summary>How much more than before; zero where it had enough.</summary>
    public required Money Granted { get; init; }

    /// <summary>
    /// What this site keeps it at from now on; zero if it does not any more, and null where it was
    /// granted something once.
    /// </summary>
    public Money? Standing { get; init; }
}
