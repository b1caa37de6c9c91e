namespace Settle;

/// <summary>What a site is kept at of an account.</summary>
public sealed record StandingAllowance
{
    /// <summary>Whose money it is.</summary>
    public required string Account { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>How much of it the site should have.</summary>
    public required Money Amount { get; init; }

    /// <summary>The site that keeps it there: the account's home.</summary>
    public required string By { get; init; }
}
