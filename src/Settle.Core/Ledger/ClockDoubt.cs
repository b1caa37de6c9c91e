namespace Settle;

/// <summary>
/// After a block whose time lies far beyond the one below it, it cannot be known for a while
/// whether the clock was right: what ends meanwhile by time alone is remembered, so that it can be
/// opened again. The doubt lasts as long as the step was, at most
/// <see cref="Limits.ClockJumpDays"/> days.
/// </summary>
/// <param name="Until">When it is over, microseconds since 1970; 0 for none.</param>
/// <param name="Count">How many holds have ended in it.</param>
/// <param name="List">These, and perhaps some that were taken back; null for none.</param>
internal readonly record struct ClockDoubt(long Until, int Count, List<OpenHold>? List)
{
    private const long StepMin =
        Limits.ClockToleranceSeconds * ChainTime.MicrosecondsPerSecond;

    private const long StepMax = Limits.ClockJumpDays * ChainTime.MicrosecondsPerDay;

    public bool IsOpen => Until > 0;

    /// <summary>The holds that ended, in the order in which they did.</summary>
    public IEnumerable<OpenHold> Ended => List?.Take(Count) ?? [];

    /// <summary>What is in doubt after a block.</summary>
    /// <param name="before">The time of the block below it; 0 for none.</param>
    /// <param name="time">The block's time.</param>
    public ClockDoubt After(long before, long time)
    {
        var rest = time < Until ? this : default;
        var step = time - before;
        return before == 0 || step <= StepMin ? rest
            : rest with { Until = long.Max(rest.Until, time + long.Min(step, StepMax)) };
    }

    /// <summary>The same with one more hold that has ended.</summary>
    public ClockDoubt With(OpenHold hold)
    {
        var list = List ?? [];
        list.Add(hold);
        return this with { Count = Count + 1, List = list };
    }

    /// <summary>Forgets what was added after this was kept.</summary>
    public void Forget() => List?.RemoveRange(Count, List.Count - Count);
}
