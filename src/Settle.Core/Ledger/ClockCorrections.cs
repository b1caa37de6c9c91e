namespace Settle;

/// <summary>
/// The blocks in which a person set the clock of a chain back, oldest first. What a block below one
/// of them recorded for a later time counts at that one's time: everybody who asks for the day of a
/// block asks here. Immutable.
/// </summary>
internal sealed class ClockCorrections
{
    public static readonly ClockCorrections None = new([]);

    private readonly (long Height, long Time)[] _all;

    private ClockCorrections((long Height, long Time)[] all) => _all = all;

    public IReadOnlyList<(long Height, long Time)> All => _all;

    /// <param name="all">Heights, and times in microseconds since 1970.</param>
    public static ClockCorrections Of(IEnumerable<(long Height, long Time)> all) =>
        all.ToArray() is { Length: > 0 } some ? new(some) : None;

    public ClockCorrections With(long height, long time) => new([.. _all, (height, time)]);

    /// <summary>The time that a block counts at.</summary>
    /// <param name="height">The block's.</param>
    /// <param name="time">What it says itself, microseconds since 1970.</param>
    public long Counted(long height, long time)
    {
        for (var i = _all.Length - 1; i >= 0 && _all[i].Height > height; i--)
            time = long.Min(time, _all[i].Time);
        return time;
    }
}
