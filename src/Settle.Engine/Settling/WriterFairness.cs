using Settle.Index;

namespace Settle.Settling;

/// <summary>
/// Courtesy between the writers of one file. The winner of a race has its next block decided
/// already and would win every race that follows; so who loses takes the one seat, and whoever sees
/// it taken lets that one go first. Nothing depends on it for safety: without it writers are only
/// less fair.
/// </summary>
internal sealed class WriterFairness(IFolder folder, TimeProvider clock) : IDisposable
{
    // Small blocks come in thousands a second: asking before each one would cost more than it
    // gives.
    private const int SmallBlocksPerQuestion = 32;

    private static readonly TimeSpan PatienceMax = TimeSpan.FromMilliseconds(500);

    private IDisposable? _seat;
    private int _smallBlocks;

    /// <summary>
    /// After a lost race: waits for the seat, which is ours until <see cref="Leave"/>.
    /// </summary>
    public async ValueTask TakeAsync()
    {
        if (_seat is not null) return;
        var start = clock.GetTimestamp();
        while ((_seat = folder.TryHold(IndexFolder.SeatName)) is null
            && clock.GetElapsedTime(start) < PatienceMax)
            await PauseAsync().ConfigureAwait(false);
    }

    /// <summary>A block of ours is durable: the next one may sit.</summary>
    public void Leave()
    {
        _seat?.Dispose();
        _seat = null;
    }

    /// <summary>Before a block is decided: lets the one on the seat go first.</summary>
    /// <param name="lastBlockBytes">The size of the block before.</param>
    public async ValueTask YieldAsync(int lastBlockBytes)
    {
        if (_seat is not null) return;
        if (lastBlockBytes < 16 * 1024 && ++_smallBlocks % SmallBlocksPerQuestion != 0) return;
        var start = clock.GetTimestamp();
        while (IsTaken() && clock.GetElapsedTime(start) < PatienceMax)
            await PauseAsync().ConfigureAwait(false);
    }

    public void Dispose() => Leave();

    private bool IsTaken()
    {
        if (!folder.Has(IndexFolder.SeatName)) return false;
        using var seat = folder.TryHold(IndexFolder.SeatName);
        return seat is null;
    }

    private Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), clock);
}
