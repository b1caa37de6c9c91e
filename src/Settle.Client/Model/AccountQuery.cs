namespace Settle;

/// <summary>Which accounts to list, and in which order.</summary>
public sealed record AccountQuery
{
    /// <summary>Only accounts whose names begin like this; null for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// Only accounts that have each of these words in their name, or in that of an owner: in any
    /// order, in small letters or capitals. 1 to 128 characters; null for all.
    /// </summary>
    public string? Words { get; init; }

    /// <summary>The order of the list.</summary>
    public AccountSort Sort { get; init; } = AccountSort.Name;

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
