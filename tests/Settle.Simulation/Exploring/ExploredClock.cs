namespace Settle.Simulation;

/// <summary>A clock on which no time passes; its timers are steps like those of a store.</summary>
internal sealed class ExploredClock(Writer writer) : TimeProvider
{
    // How long an idle ledger waits before it looks for news. That is no step that anybody waits
    // for, so it happens only when nothing else can.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(50);

    public override DateTimeOffset GetUtcNow() => MachineClock.Start;

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state));
        if (dueTime != Timeout.InfiniteTimeSpan) writer.WaitForTime(timer.Ring, dueTime == Idle);
        return timer;
    }

    private sealed class Timer(Action ring) : ITimer
    {
        private bool _isOver;

        public bool Ring()
        {
            if (_isOver) return false;
            _isOver = true;
            ring();
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("the engine changes no timers");

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
