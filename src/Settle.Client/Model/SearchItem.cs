namespace Settle;

/// <summary>Something that a search has found.</summary>
public sealed record SearchItem
{
    /// <summary>What it is.</summary>
    public required SearchType Type { get; init; }

    /// <summary>Its name, number or id.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// What it is about, for people: a customer's name, whose an invoice is, a memo; null for none.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Of an entry: its kind, such as <c>transfer</c>; null otherwise.</summary>
    public string? Kind { get; init; }
}
