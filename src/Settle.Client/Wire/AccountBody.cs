namespace Settle.Wire;

/// <summary>
/// New terms for the account that the address names. What is absent stays as it is.
/// </summary>
internal sealed record AccountBody
{
    /// <inheritdoc cref="AccountRequest.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="AccountRequest.Asset"/>
    public string? Asset { get; init; }

    /// <inheritdoc cref="AccountRequest.Overdraft"/>
    public Overdraft? Overdraft { get; init; }

    /// <summary>The highest balance that a credit may lead to; <c>none</c> lifts it.</summary>
    public Ceiling? Ceiling { get; init; }

    /// <inheritdoc cref="AccountRequest.Closed"/>
    public bool? Closed { get; init; }

    /// <inheritdoc cref="AccountRequest.Owners"/>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <inheritdoc cref="AccountRequest.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    public AccountRequest For(string account) => new()
    {
        Id = Id,
        Account = account,
        Asset = Asset,
        Overdraft = Overdraft,
        Ceiling = Ceiling,
        Closed = Closed,
        Owners = Owners,
        Meta = Meta,
    };
}
