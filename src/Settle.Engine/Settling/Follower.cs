using Settle.Chain;
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
        var reading = ReadAsync(state.Height + 1, limit, cancellation);
        while (true)
        {
            var next = await reading.ConfigureAwait(false);
            var isEnd = next.Count < limit;
            // While these are applied, the store prepares the ones after them.
            if (!isEnd)
            {
                limit = NextLimit(next);
                reading = ReadAsync(state.Height + 1 + next.Count, limit, cancellation);
            }
            try
            {
                await ApplyAsync(next, onBlock).ConfigureAwait(false);
            }
            catch
            {
                // Nobody else may use what the store is still reading into.
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
            if (isEnd) return;
        }
    }

    private Task<List<BlockDocument>> ReadAsync(
        long fromHeight, int limit, CancellationToken cancellation) =>
        blocks.ReadAsync(fromHeight, limit, cancellation).AsTask();

    private async Task ApplyAsync(List<BlockDocument> next, Action<long>? onBlock)
    {
        foreach (var block in next)
        {
            lock (state.Lock) state.Apply(block, _scratch, _movements);
            onBlock?.Invoke(block.Header.Height);
            if (keeper.IsFull) await keeper.KeepAsync().ConfigureAwait(false);
        }
    }

    private static int NextLimit(List<BlockDocument> last)
    {
        var bytes = last.Sum(block => (long)block.Body.Length);
        return (int)long.Clamp(
            BytesPerRead * last.Count / long.Max(bytes, 1), FirstBlocks, BlocksMax);
    }
}
