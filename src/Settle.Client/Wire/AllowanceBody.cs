namespace Settle.Wire;

/// <summary>What the site that the address names should be able to spend.</summary>
internal sealed record AllowanceBody
{
    /// <inheritdoc cref="AllowanceRequest.Account"/>
    public required string Account { get; init; }

    /// <summary>
    /// How much of it the site should have, in the minor unit: more than zero, or zero to end a
    /// standing allowance.
    /// </summary>
    public required Money Amount { get; init; }

    /// <inheritdoc cref="AllowanceRequest.Standing"/>
    public bool Standing { get; init; }

    /// <inheritdoc cref="AllowanceRequest.Asset"/>
    public string? Asset { get; init; }
}
