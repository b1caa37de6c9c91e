namespace Settle;

/// <summary>
/// The day that an entry counts for: what its timestamp or its date says, as written; else the day
/// of its block, UTC.
/// </summary>
internal static class ValueDate
{
    private const long MicrosecondsPerDay = 86_400 * ChainTime.MicrosecondsPerSecond;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The day of a moment, UTC; see <see cref="Billing.Days"/>.</summary>
    /// <param name="time">Microseconds since 1970.</param>
    public static int DayOf(long time) =>
        Epoch + (int)Math.DivRem(time, MicrosecondsPerDay, out var rest) - (rest < 0 ? 1 : 0);

    /// <summary>The last moment of a day, UTC; microseconds since 1970.</summary>
    public static long EndOf(int day) => ((day + 1L - Epoch) * MicrosecondsPerDay) - 1;

    /// <summary>An entry's day.</summary>
    public static int Of(RequestBatch batch, in Request entry, long time) =>
        Differs(batch, entry, time, out var day) ? day : DayOf(time);

    /// <summary>Whether an entry names a day, and that is not its block's.</summary>
    public static bool Differs(RequestBatch batch, in Request entry, long time, out int day)
    {
        day = 0;
        if (!entry.Timestamp.IsEmpty) day = Texts.DayOf(batch.Bytes(entry.Timestamp));
        else if (!entry.Kind.IsBilling() || (day = batch.Billing(entry).Date) == 0) return false;
        return day != DayOf(time);
    }
}
