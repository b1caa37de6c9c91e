using Settle.State;
using Settle.Stores;

namespace Settle.Verification;

/// <summary>
/// Looks at the newest blocks of a chain without making them again: whether each has the hash that
/// it says, follows the one before it, and goes back to a block that somebody noted.
/// </summary>
internal sealed class ChainTail(IStore store, string site)
{
    private const int BlocksPerRead = 8;

    private readonly BlockCache _blocks = new(store, site);
    private long _height;
    private BlockHash _hash;

    /// <param name="from">The height of the block that was noted, at least 1.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    public async Task<TailReport> CheckAsync(long from, BlockHash hash,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var faults = new List<VerificationFault>();
        try
        {
            await FollowAsync(from, hash, progress, cancellation).ConfigureAwait(false);
        }
        catch (StoreCorruptException e)
        {
            faults.Add(new VerificationFault(_height + 1, null, null, e.Message));
        }
        return new TailReport(from, _height, _hash.ToString(), faults);
    }

    private async Task FollowAsync(long from, BlockHash hash,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        _height = from - 1;
        var noted = await _blocks.FindAsync(from, cancellation).ConfigureAwait(false)
            ?? throw new StoreCorruptException("the block that was noted is missing");
        if (noted.Header.Hash != hash)
        {
            throw new StoreCorruptException(
                $"its hash is {noted.Header.Hash}, but {hash} was noted");
        }
        (_height, _hash) = (from, hash);
        var newest = progress is null
            ? 0 : await ChainTip.FindAsync(store, site, cancellation).ConfigureAwait(false);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var blocks = await _blocks.ReadAsync(_height + 1, BlocksPerRead, cancellation)
                .ConfigureAwait(false);
            foreach (var block in blocks)
            {
                if (block.Header.Prev != _hash)
                {
                    throw new StoreCorruptException($"its prev is {block.Header.Prev}, but the "
                        + $"block before it has the hash {_hash}");
                }
                (_height, _hash) = (block.Header.Height, block.Header.Hash);
                progress?.Report(new WorkProgress(_height, newest));
            }
            if (blocks.Count < BlocksPerRead) return;
        }
    }
}
