namespace Settle;

/// <summary>A balance at the end of a day.</summary>
public sealed record BalancePoint
{
    /// <summary>The day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The balance at its end, by value date: see <see cref="AsOf.ValueDate"/>.</summary>
    public required Money Balance { get; init; }
}
