namespace Settle;

/// <summary>Which page of a list.</summary>
public sealed record PageQuery
{
    /// <summary>At most this many items, 1 to 1 000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The cursor from the previous page; null for the first.</summary>
    public string? After { get; init; }
}
