using Settle.Chain;

namespace Settle.Local;

/// <content>What billing needs of a ledger beside its interface.</content>
internal sealed partial class LocalLedger
{
    /// <summary>Waits until the state has every block that is durable now.</summary>
    internal Task RefreshAsync() => _settler.RefreshAsync();

    /// <summary>The entry that begins at a place.</summary>
    internal async ValueTask<RecalledEntry> ReadEntryAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        var block = await _blocks.GetAsync(location.Height, cancellation).ConfigureAwait(false);
        return ReadEntry(block, location.Offset);
    }

    /// <summary>A block of the chain.</summary>
    internal ValueTask<BlockDocument> ReadBlockAsync(long height, CancellationToken cancellation) =>
        _blocks.GetAsync(height, cancellation);

    /// <summary>Which of some ids were perhaps decided; whoever is not named was not.</summary>
    internal Task<bool[]> MayKnowAsync(ulong[] keys, CancellationToken cancellation) =>
        ReadAsync(() => Array.ConvertAll(keys, _state.Index.MayKnow), cancellation);
}
