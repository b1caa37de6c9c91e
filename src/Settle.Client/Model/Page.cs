namespace Settle;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="Next">
/// The cursor of the next page; null on the last. It keeps the query's filter.
/// </param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
