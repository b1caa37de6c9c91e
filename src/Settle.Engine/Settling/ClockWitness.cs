namespace Settle.Settling;

/// <summary>
/// What this process knows of the time besides its clock: how long it has been running since the
/// clock agreed with a chain. The ledgers of a server share one.
/// </summary>
internal sealed class ClockWitness(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _time;
    private long _timestamp;

    /// <summary>
    /// The time by this process's own measure, microseconds since 1970; 0 while no chain agreed.
    /// </summary>
    public long Time
    {
        get
        {
            lock (_gate)
            {
                if (_time == 0) return 0;
                var lived = clock.GetElapsedTime(_timestamp);
                return _time + (lived.Ticks / TimeSpan.TicksPerMicrosecond);
            }
        }
    }

    /// <summary>The clock is right, as a chain or a person says.</summary>
    public void Confirm()
    {
        lock (_gate)
            (_time, _timestamp) = (ChainTime.From(clock.GetUtcNow()), clock.GetTimestamp());
    }
}
