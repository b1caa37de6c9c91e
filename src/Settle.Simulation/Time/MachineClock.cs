namespace Settle.Simulation;

/// <summary>One machine's clock: virtual time, but set wrong and perhaps set anew.</summary>
internal sealed class MachineClock(Timeline timeline, Machine owner) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far it is ahead, microseconds.</summary>
    public long Offset { get; set; }

    public override long TimestampFrequency => 1_000_000;

    public override DateTimeOffset GetUtcNow() =>
        Start.AddTicks((timeline.Now + Offset) * TimeSpan.TicksPerMicrosecond);

    public override long GetTimestamp() => timeline.Now;

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(timeline, owner, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
