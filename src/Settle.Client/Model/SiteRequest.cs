namespace Settle;

/// <summary>A request to let a site join a ledger.</summary>
public sealed record SiteRequest
{
    /// <summary>The id of this request; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Its name: 1 to 32 small letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What the names of accounts begin with whose home it is, at most 64 UTF-8 bytes; null for
    /// none.
    /// </summary>
    public string? Prefix { get; init; }

    /// <summary>Where it will answer, such as <c>http://lisbon:7171/bank</c>; null if nowhere.
    /// </summary>
    public string? Url { get; init; }
}
