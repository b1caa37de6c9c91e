namespace Settle.Simulation;

/// <summary>
/// A clock on which time passes only for who waits for it; its timers are steps like those of a
/// store.
/// </summary>
internal sealed class ExploredClock(Writer writer) : TimeProvider
{
    // How long an idle ledger waits before it looks for news. Nobody waits for that step,
    // so it happens only when nothing else can.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(50);

    // Who waits so long for an answer gets it before, if nothing is wrong.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => MachineClock.Start;

    public override long GetTimestamp() => _passed.Ticks;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _passed += time;

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ExploredTimer(() =>
        {
            if (dueTime != Idle) Pass(dueTime);
            callback(state);
        });
        if (dueTime == Timeout.InfiniteTimeSpan) return timer;
        if (dueTime == Idle) writer.WaitIdle(timer);
        else if (dueTime >= Patience) writer.WaitPatiently(timer);
        else writer.WaitForTime(timer);
        return timer;
    }
}
