using Settle.Chain;

namespace Settle;

/// <summary>An entry read back from the chain.</summary>
/// <param name="Batch">A batch with this entry alone.</param>
/// <param name="Height">The height of its block.</param>
internal sealed record RecalledEntry(RequestBatch Batch, long Height)
{
    public EntryLocation Location { get; init; }

    public ref Request Entry => ref Batch[0];
}
