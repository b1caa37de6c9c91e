using Settle.Stores;

namespace Settle.State;

/// <summary>
/// Reads blocks from the store, checked, and keeps the ones used last. Safe to use from many
/// threads.
/// </summary>
internal sealed class BlockCache(IStore store, string site)
{
    private const int BytesMax = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, LinkedListNode<BlockDocument>> _blocks = [];
    private readonly LinkedList<BlockDocument> _byUse = new();
    private long _bytes;

    /// <summary>A durable block, from memory alone.</summary>
    public BlockDocument? Peek(long height)
    {
        lock (_lock)
        {
            if (!_blocks.TryGetValue(height, out var node)) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>A durable block.</summary>
    /// <exception cref="StoreCorruptException">It is missing or damaged.</exception>
    public async ValueTask<BlockDocument> GetAsync(long height, CancellationToken cancellation)
    {
        return await FindAsync(height, cancellation).ConfigureAwait(false)
            ?? throw new StoreCorruptException(
                $"{store.Location}: {BlockId.Format(site, height)} is missing; run settle verify");
    }

    /// <summary>A block; null when the store has none of this height.</summary>
    /// <exception cref="StoreCorruptException">It is damaged.</exception>
    public async ValueTask<BlockDocument?> FindAsync(long height, CancellationToken cancellation)
    {
        if (Peek(height) is { } known) return known;
        var document = await store.GetAsync(BlockId.Format(site, height), cancellation)
            .ConfigureAwait(false);
        if (document is null) return null;
        var block = Parse(document);
        Keep(block);
        return block;
    }

    /// <summary>
    /// The next blocks from a height on, oldest first; empty when there are none yet.
    /// </summary>
    /// <exception cref="StoreCorruptException">One is missing or damaged.</exception>
    public async ValueTask<List<BlockDocument>> ReadAsync(long fromHeight, int limit,
        CancellationToken cancellation)
    {
        var documents = await store.ReadAsync(BlockId.Format(site, fromHeight),
            BlockId.Format(site, BlockId.HeightMax), limit, cancellation).ConfigureAwait(false);
        var blocks = new List<BlockDocument>(documents.Count);
        foreach (var document in documents)
        {
            var block = Parse(document);
            if (block.Header.Height != fromHeight + blocks.Count)
            {
                throw new StoreCorruptException(
                    $"{store.Location}: block {fromHeight + blocks.Count} is missing; "
                    + "run settle verify");
            }
            blocks.Add(block);
        }
        return blocks;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _blocks.Clear();
            _byUse.Clear();
            _bytes = 0;
        }
    }

    private BlockDocument Parse(Document document)
    {
        try
        {
            return BlockDocument.Parse(document.Id, document.Body, store.KeepsBytes);
        }
        catch (FormatException e)
        {
            throw new StoreCorruptException(e is NewerFormatException
                ? $"{store.Location}: {document.Id} {e.Message}"
                : $"{store.Location}: {document.Id} is damaged: {e.Message}; run settle verify", e);
        }
    }

    private void Keep(BlockDocument block)
    {
        lock (_lock)
        {
            if (_blocks.ContainsKey(block.Header.Height)) return;
            _blocks.Add(block.Header.Height, _byUse.AddFirst(block));
            _bytes += block.Body.Length;
            while (_bytes > BytesMax && _byUse.Last is { } oldest && _byUse.Count > 1)
            {
                _byUse.RemoveLast();
                _blocks.Remove(oldest.Value.Header.Height);
                _bytes -= oldest.Value.Body.Length;
            }
        }
    }
}
