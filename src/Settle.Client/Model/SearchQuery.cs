namespace Settle;

/// <summary>What to look for, everywhere.</summary>
public sealed record SearchQuery
{
    /// <summary>
    /// An id or a number, or words: in any order, in small letters or capitals. 1 to 128
    /// characters.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>At most so many of each type, 1 to 100.</summary>
    public int Limit { get; init; } = 10;
}
