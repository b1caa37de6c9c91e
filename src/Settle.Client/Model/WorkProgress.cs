namespace Settle;

/// <summary>How far long work has come.</summary>
/// <param name="Done">How much is done: blocks, customers, documents, bytes.</param>
/// <param name="Total">How much there is in all, as far as is known.</param>
/// <param name="What">What is under way, for people; null where it is always the same.</param>
public readonly record struct WorkProgress(long Done, long Total, string? What = null)
{
    /// <summary>The share that is done, 0 to 1.</summary>
    public double Share => Total == 0 ? 1 : (double)Done / Total;
}
