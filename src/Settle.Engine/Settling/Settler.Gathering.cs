namespace Settle.Settling;

/// <content>
/// What the loop does where writes are long (decision 18): one block for all who call, not two.
/// </content>
internal sealed partial class Settler
{
    // A block up to this size is decided in a small part of the time that a long write takes.
    private const int GatheredBytesMax = 128 * 1024;

    // Nobody is waited for longer than this part of the last write.
    private const int GatheringShare = 8;

    // Nor longer than this: a write to a node that was frozen took a minute.
    private static readonly TimeSpan GatheringMax = TimeSpan.FromMilliseconds(20);

    private TimeSpan _lastWrite;

    /// <summary>Whether the next block is decided only when this one is durable.</summary>
    private bool Gathers =>
        _lastWrite > _scheduler.LongWrite && _lastBlockBytes <= GatheredBytesMax;

    /// <summary>
    /// Gives those who were just answered the time to ask again, to be in the next block with all
    /// who wait already.
    /// </summary>
    private async Task GatherAsync(int answered)
    {
        var isOver = _waiting.HasRest;
        var patience = _lastWrite / GatheringShare;
        if (patience > GatheringMax) patience = GatheringMax;
        await using (_clock.CreateTimer(_ => WakeFor(out isOver), null,
            patience, Timeout.InfiniteTimeSpan).ConfigureAwait(false))
        {
            while (!isOver && !_isClosed && _waiting.Count < answered)
                await _wake.Reader.ReadAsync().ConfigureAwait(false);
        }
        await _scheduler.PauseAsync().ConfigureAwait(false);
    }
}
