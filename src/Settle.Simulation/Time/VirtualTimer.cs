namespace Settle.Simulation;

/// <summary>A timer of a <see cref="MachineClock"/>; it rings once.</summary>
internal sealed class VirtualTimer(Timeline timeline, Machine owner, Action ring) : ITimer
{
    private int _version;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
            throw new NotSupportedException("the engine has no periodic timers");
        var version = ++_version;
        if (dueTime == Timeout.InfiniteTimeSpan) return true;
        timeline.After((long)dueTime.TotalMicroseconds, owner, () =>
        {
            if (_version == version) ring();
        });
        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
