namespace Settle.Tests.Server;

/// <summary>A clock whose pauses are shorter than they say.</summary>
internal sealed class FastClock(int speed = 50) : TimeProvider
{
    public override long GetTimestamp() => base.GetTimestamp() * speed;

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Short(dueTime), Short(period));

    private TimeSpan Short(TimeSpan time) => time > TimeSpan.Zero ? time / speed : time;
}
