namespace Settle;

/// <summary>An account with its terms and balances.</summary>
public sealed record Account
{
    /// <summary>The account's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is closed.</summary>
    public bool Closed { get; init; }

    /// <summary>The users who may spend from it by writing documents.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <inheritdoc cref="Transfer.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <summary>One balance for each asset that it ever held or has terms for.</summary>
    public required IReadOnlyList<AccountBalance> Balances { get; init; }

    /// <summary>The height at which this state was read.</summary>
    public required long Height { get; init; }
}
