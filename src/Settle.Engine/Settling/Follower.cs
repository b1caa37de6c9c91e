using Settle.Index;

namespace Settle.Settling;

/// <summary>Applies the blocks that are in the store and not yet in the state.</summary>
internal sealed class Follower(LedgerState state, BlockCache blocks, IndexKeeper keeper)
{
    private const int FirstBlocks = 16;
    private const int BlocksMax = 512;

    // So much is read at once: many small blocks, or a few large ones.
    private const int BytesPerRead = 16 * 1024 * 1024;

    private readonly RequestBatch _scratch = new();
    private readonly MovementLog _movements = new();

    /// <summary>Reads on to the end of the chain. There must be no draft.</summary>
    /// <param name="onBlock">Told each height as it is applied.</param>
    /// <param name="cancellation">Stops between two reads.</param>
    /// <exception cref="StoreCorruptException">A block is damaged or does not follow.</exception>
    public async Task CatchUpAsync(Action<long>? onBlock, CancellationToken cancellation)
    {
        var limit = FirstBlocks;
        while (true)
        {
            var next = await blocks.ReadAsync(state.Height + 1, limit, cancellation)
                .ConfigureAwait(false);
            foreach (var block in next)
            {
                lock (state.Lock) state.Apply(block, _scratch, _movements);
                onBlock?.Invoke(block.Header.Height);
                if (keeper.IsFull) await keeper.KeepAsync().ConfigureAwait(false);
            }
            if (next.Count < limit) return;
            var bytes = next.Sum(block => (long)block.Body.Length);
            limit = (int)long.Clamp(
                BytesPerRead * next.Count / long.Max(bytes, 1), FirstBlocks, BlocksMax);
        }
    }
}
