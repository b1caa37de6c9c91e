namespace Settle;

/// <summary>A decided entry: read back from the chain, or as it was decided.</summary>
/// <param name="Batch">Where it stands.</param>
/// <param name="Height">The height of its block.</param>
internal sealed record RecalledEntry(RequestBatch Batch, long Height)
{
    public EntryLocation Location { get; init; }

    /// <summary>The other site that decided it; null for this one.</summary>
    public string? Site { get; init; }

    /// <summary>Which one of the batch it is.</summary>
    public int Index { get; init; }

    public ref Request Entry => ref Batch[Index];
}
