namespace Settle.Tests.Settling;

/// <summary>A clock on which no timer ever comes to its end.</summary>
internal sealed class StillClock : TimeProvider
{
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
