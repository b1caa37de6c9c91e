namespace Settle.Tests.Local;

/// <summary>A clock that one look finds 400 days ahead.</summary>
internal sealed class FlickeringClock(DateTimeOffset now, int wrongLook) : TimeProvider
{
    private int _looks;

    public int Looks => Volatile.Read(ref _looks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Increment(ref _looks) == wrongLook ? now.AddDays(400) : now;

    public override long GetTimestamp() => 0;
}
