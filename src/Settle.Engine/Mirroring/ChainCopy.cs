using Settle.Settling;
using Settle.State;
using Settle.Stores;

namespace Settle;

/// <summary>One run of copying a chain from a store to another.</summary>
internal sealed class ChainCopy(IStore source, IStore target, string site, TimeProvider clock,
    IProgress<WorkProgress>? progress)
{
    private const int BlocksPerRead = 8;
    private const int BlocksPerReadMost = 512;
    private const int PageBytes = 4 * 1024 * 1024;

    private readonly BlockCache _from = new(source, site);
    private readonly BlockCache _to = new(target, site);
    private readonly BlockWriter _writer = new(target, clock);

    /// <summary>
    /// The file that the target will become; null where it stays what it is. Nobody else writes to
    /// a file in the making, so many blocks share a write.
    /// </summary>
    public string? Becomes { get; init; }

    private bool IsSole => Becomes is not null;

    private string TargetName => Becomes ?? target.Location;

    /// <summary>What the first block says; null while there is none.</summary>
    public string? DefaultAsset { get; private set; }

    /// <summary>Nothing is copied to a ledger that has other blocks.</summary>
    /// <exception cref="ChainsDifferException">It has.</exception>
    public async Task CheckAsync(CancellationToken cancellation) => await CheckTipAsync(
        await ChainTip.FindAsync(target, site, cancellation).ConfigureAwait(false),
        cancellation).ConfigureAwait(false);

    public async Task<MirrorReport> RunAsync(CancellationToken cancellation)
    {
        var height = await ChainTip.FindAsync(target, site, cancellation)
            .ConfigureAwait(false);
        var prev = await CheckTipAsync(height, cancellation).ConfigureAwait(false);
        // A busy ledger grows while it is read: what it has now is enough for a file.
        var heightMax = progress is null && !IsSole
            ? 0 : await ChainTip.FindAsync(source, site, cancellation)
                .ConfigureAwait(false);
        var copied = 0L;
        for (var count = BlocksPerRead; ;)
        {
            var blocks = await _from.ReadAsync(height + 1, count, cancellation)
                .ConfigureAwait(false);
            foreach (var block in blocks)
            {
                cancellation.ThrowIfCancellationRequested();
                if (block.Header.Prev != prev)
                {
                    throw new StoreCorruptException($"{source.Location}: block "
                        + $"{block.Header.Height} does not follow from the one before it; "
                        + "run settle verify");
                }
                if (!IsSole) await CopyAsync(block, cancellation).ConfigureAwait(false);
                (prev, height) = (block.Header.Hash, block.Header.Height);
                copied++;
                if (!IsSole) progress?.Report(new WorkProgress(height, heightMax));
            }
            if (IsSole)
            {
                await WriteAllAsync(blocks, cancellation).ConfigureAwait(false);
                progress?.Report(new WorkProgress(long.Min(height, heightMax), heightMax));
                count = NextCount(count, blocks);
            }
            if (IsSole ? blocks.Count == 0 || height >= heightMax : blocks.Count < BlocksPerRead)
                break;
        }
        if (await _to.FindAsync(1, cancellation).ConfigureAwait(false) is { } first)
            DefaultAsset = AssetIn(first);
        return new MirrorReport(copied, height, prev.ToString());
    }

    private ValueTask WriteAllAsync(List<BlockDocument> blocks, CancellationToken cancellation) =>
        target.CreateAllAsync([.. blocks.Select(block => new Document(
            BlockId.Format(site, block.Header.Height), block.Body))], cancellation);

    // Small blocks share a page, large ones do not fill the memory.
    private static int NextCount(int count, List<BlockDocument> page)
    {
        var bytes = page.Sum(block => (long)block.Body.Length);
        return bytes > PageBytes ? int.Max(BlocksPerRead, count / 2)
            : int.Min(BlocksPerReadMost, count * 2);
    }

    // The hash of the newest block is that of all before it.
    private async Task<BlockHash> CheckTipAsync(long height, CancellationToken cancellation)
    {
        if (height == 0) return BlockHash.None;
        var tip = await _to.GetAsync(height, cancellation).ConfigureAwait(false);
        var same = await _from.FindAsync(height, cancellation).ConfigureAwait(false);
        if (same?.Header.Hash == tip.Header.Hash) return tip.Header.Hash;
        var has = same is not null ? height
            : await ChainTip.FindAsync(source, site, cancellation).ConfigureAwait(false);
        if (await FirstDifferentAsync(has, cancellation).ConfigureAwait(false) is { } different)
            throw Differ(different);
        throw new ChainsDifferException(string.Create(CultureInfo.InvariantCulture,
            $"{TargetName} has {height} blocks, more than {source.Location}, which has {has}: ")
            + "nothing was copied. If the blocks that are missing there were lost, bring them back "
            + "from the copy ('settle restore', to a file); else name another place");
    }

    // Of two chains with a common beginning, every block after the first that differs does so too.
    private async Task<long?> FirstDifferentAsync(long has, CancellationToken cancellation)
    {
        var (same, different) = (0L, has + 1);
        while (different - same > 1)
        {
            var middle = same + ((different - same) / 2);
            var here = await _from.GetAsync(middle, cancellation).ConfigureAwait(false);
            var there = await _to.GetAsync(middle, cancellation).ConfigureAwait(false);
            if (here.Header.Hash == there.Header.Hash) same = middle;
            else different = middle;
        }
        return different > has ? null : different;
    }

    private async Task CopyAsync(BlockDocument block, CancellationToken cancellation)
    {
        var id = BlockId.Format(site, block.Header.Height);
        var outcome = await _writer.WriteAsync(id, block.Body, block.Header.Hash)
            .ConfigureAwait(false);
        if (outcome.IsOurs) return;
        if (outcome.Error is { } error) throw error;
        var other = await _to.GetAsync(block.Header.Height, cancellation).ConfigureAwait(false);
        // Another mirror may be at the same work.
        if (other.Header.Hash != block.Header.Hash) throw Differ(block.Header.Height);
    }

    private ChainsDifferException Differ(long height) => new(height == 1
        ? $"{TargetName} holds another ledger than {source.Location}, with a chain of its own: "
            + "nothing was copied; name another place"
        : string.Create(CultureInfo.InvariantCulture,
            $"{TargetName} and {source.Location} have different chains: block {height} is the ")
            + "first that differs, so one of them went on from an older copy of the other. "
            + "Nothing was copied; name another place");

    private static string AssetIn(BlockDocument first)
    {
        var batch = new RequestBatch();
        EntryReader.Read(first.Body.Span[first.EntriesStart..], batch);
        return batch.Text(batch[0].Asset);
    }
}
