namespace Settle.Tests.Rules;

/// <summary>
/// A clock that a test moves. Timers run in real time, <paramref name="speed"/> times faster, so that
/// nothing has to wait for a pause.
/// </summary>
internal sealed class ManualClock(int speed = 20) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now
    {
        get
        {
            lock (_lock) return _now;
        }
        set
        {
            lock (_lock) _now = value;
        }
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / speed : dueTime, period);
}
