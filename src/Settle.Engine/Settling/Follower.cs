using Settle.State;

namespace Settle.Settling;

/// <summary>Applies the blocks that are in the store and not yet in the state.</summary>
internal sealed class Follower(LedgerState state, BlockCache blocks, IndexKeeper keeper)
{
    private const int FirstBlocks = 8;
    private const int BlocksMax = 512;

    // So much is read at once: many small blocks, or a few large ones.
    private const int BytesPerRead = 4 * 1024 * 1024;

    // A store that is a server works on several reads at once.
    private const int ReadsAhead = 3;

    private readonly RequestBatch _scratch = new();
    private readonly MovementLog _movements = new();

    /// <summary>Reads on to the end of the chain. There must be no draft.</summary>
    /// <param name="onBlock">Told each height as it is applied.</param>
    /// <param name="cancellation">Stops between two reads.</param>
    /// <exception cref="StoreCorruptException">A block is damaged or does not follow.</exception>
    public async Task CatchUpAsync(Action<long>? onBlock, CancellationToken cancellation)
    {
        var reads = new Queue<(Task<List<BlockDocument>> Blocks, int Limit)>();
        var (from, limit) = (state.Height + 1, FirstBlocks);
        Read();
        try
        {
            while (reads.TryDequeue(out var read))
            {
                var next = await read.Blocks.ConfigureAwait(false);
                var isEnd = next.Count < read.Limit;
                // While these are applied, the store prepares the ones after them.
                if (!isEnd) limit = NextLimit(next);
                while (!isEnd && reads.Count < ReadsAhead) Read();
                await ApplyAsync(next, onBlock).ConfigureAwait(false);
                if (isEnd) return;
            }
        }
        finally
        {
            // Nobody else may use what the store is still reading into. What lies behind the end
            // is not needed: whoever wants the blocks that have come since looks again.
            foreach (var (blocks, _) in reads)
                await ((Task)blocks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Read()
        {
            reads.Enqueue((blocks.ReadAsync(from, limit, cancellation).AsTask(), limit));
            from += limit;
        }
    }

    private async Task ApplyAsync(List<BlockDocument> next, Action<long>? onBlock)
    {
        foreach (var block in next)
        {
            if (state.Sites is { } sites)
            {
                await state.Copies!.FetchAsync(
                    sites, block.Header.Seen, CancellationToken.None).ConfigureAwait(false);
            }
            lock (state.Lock) state.Apply(block, _scratch, _movements);
            onBlock?.Invoke(block.Header.Height);
            if (keeper.IsFull) await keeper.KeepAsync().ConfigureAwait(false);
        }
    }

    private static int NextLimit(List<BlockDocument> last)
    {
        var bytes = last.Sum(block => (long)block.Body.Length);
        return (int)long.Clamp(BytesPerRead * last.Count / long.Max(bytes, 1), 1, BlocksMax);
    }
}
