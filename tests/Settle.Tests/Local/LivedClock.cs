namespace Settle.Tests.Local;

/// <summary>A clock beside which time passes, or not.</summary>
internal sealed class LivedClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _lived;
    private TimeSpan _jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Live(TimeSpan time) => _lived += time;

    public void Jump(TimeSpan time) => _jumped += time;

    public override DateTimeOffset GetUtcNow() => start + _lived + _jumped;

    public override long GetTimestamp() => _lived.Ticks;
}
