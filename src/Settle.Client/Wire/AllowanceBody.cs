namespace Settle.Wire;

/// <summary>What the site that the address names shall be able to spend.</summary>
internal sealed record AllowanceBody
{
    /// <inheritdoc cref="AllowanceRequest.Account"/>
    public required string Account { get; init; }

    /// <summary>As much of it as the site shall have, in the minor unit: more than zero.</summary>
    public required Money Amount { get; init; }

    /// <inheritdoc cref="AllowanceRequest.Asset"/>
    public string? Asset { get; init; }
}
