namespace Settle;

/// <summary>What a search has found.</summary>
public sealed record SearchResult
{
    /// <summary>
    /// What has the id or number itself comes first, then accounts, customers, numbers and memos.
    /// </summary>
    public required IReadOnlyList<SearchItem> Items { get; init; }

    /// <summary>
    /// Whether all was looked at, so that there is nothing else; false where a type has more than
    /// were asked for, and where only the newest were looked at.
    /// </summary>
    public required bool IsComplete { get; init; }
}
