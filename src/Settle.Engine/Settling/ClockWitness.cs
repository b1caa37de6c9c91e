namespace Settle.Settling;

/// <summary>
/// What this process knows of the time besides its clock: how long it has been running, since it
/// began and since the clock agreed with a chain. The ledgers of a server share one.
/// </summary>
internal sealed class ClockWitness
{
    /// <summary>The farthest that a clock is set forward without a question.</summary>
    public static readonly TimeSpan LeapMax = TimeSpan.FromDays(1);

    /// <summary>How long a clock has to stand by its leap before it is believed.</summary>
    public static readonly TimeSpan Trial = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private long _time;
    private TimeSpan _lived;

    // The clock less what the machine has measured, from when the two last agreed.
    private DateTimeOffset _origin;
    private TimeSpan? _leaptAt;

    public ClockWitness(TimeProvider clock)
    {
        _clock = clock;
        Follow();
    }

    /// <summary>
    /// The time by this process's own measure, microseconds since 1970; 0 while no chain agreed.
    /// </summary>
    public long Time
    {
        get
        {
            lock (_gate)
                return _time == 0 ? 0
                    : _time + ((Lived - _lived).Ticks / TimeSpan.TicksPerMicrosecond);
        }
    }

    /// <summary>
    /// How far the clock was set forward lately while this process ran; zero for not at all, for
    /// less than a day, and once it has stayed so for a while: a machine may have been paused.
    /// </summary>
    /// <param name="now">What the clock says.</param>
    public TimeSpan FindLeap(DateTimeOffset now)
    {
        if (MachineTime.Of(_clock) is not { } lived) return TimeSpan.Zero;
        lock (_gate)
        {
            var ahead = now - lived - _origin;
            _leaptAt = ahead > LeapMax ? _leaptAt ?? lived : null;
            if (_leaptAt is { } since && lived - since < Trial) return ahead;
            if (ahead.Duration() > LeapMax) Follow();
            return TimeSpan.Zero;
        }
    }

    /// <summary>The clock is right, as a chain or a person says.</summary>
    public void Confirm()
    {
        lock (_gate)
        {
            (_time, _lived) = (ChainTime.From(_clock.GetUtcNow()), Lived);
            Follow();
        }
    }

    private TimeSpan Lived => MachineTime.Of(_clock) ?? _clock.GetElapsedTime(0);

    private void Follow() => (_origin, _leaptAt) = (_clock.GetUtcNow() - Lived, null);
}
