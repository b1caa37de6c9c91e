namespace Settle.Simulation;

/// <summary>A timer of an <see cref="ExploredClock"/>; it rings once, when it is told to.</summary>
internal sealed class ExploredTimer(Action ring) : ITimer
{
    /// <summary>Whether it rang, or is no longer wanted.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Rings; false when it is over.</summary>
    public bool Ring()
    {
        if (IsOver) return false;
        IsOver = true;
        ring();
        return true;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("the engine changes no timers");

    public void Dispose() => IsOver = true;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
