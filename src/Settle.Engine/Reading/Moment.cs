namespace Settle.Reading;

/// <summary>A moment that accounts are read at.</summary>
/// <param name="Height">The newest block that it includes.</param>
/// <param name="Time">Microseconds since 1970; holds that expire by then hold nothing.</param>
internal readonly record struct Moment(long Height, long Time)
{
    /// <summary>Where the next block begins.</summary>
    public EntryLocation End => new(Height + 1, 0);

    /// <summary>
    /// The value date up to which entries count; null for all. The height is then that of the end
    /// of this day, at most.
    /// </summary>
    public int? Day { get; init; }

    /// <summary>Where what was not recorded yet begins; it matters only with a day.</summary>
    public EntryLocation Recorded { get; init; }
}
