namespace Settle;

/// <summary>
/// The moment that a read refers to: now (the default), a height, or a time; and perhaps a day, by
/// the dates that entries have of their own.
/// </summary>
public readonly record struct AsOf
{
    private AsOf(long? height, DateTimeOffset? time) => (Height, Time) = (height, time);

    /// <summary>The newest state.</summary>
    public static AsOf Now => default;

    /// <summary>After the block of this height, which must be there.</summary>
    public long? Height { get; }

    /// <summary>
    /// After the last block whose time is not later than this, which must not be in the future.
    /// </summary>
    public DateTimeOffset? Time { get; }

    /// <summary>
    /// Counts only what has a value date up to this day: an entry's timestamp as it was written,
    /// or the date of an invoice or a payment; where there is none, the day of its block, UTC.
    /// Holds and limits are those of the end of that day by the time of blocks. Null for whatever
    /// was recorded.
    /// </summary>
    public DateOnly? ValueDate { get; init; }

    /// <summary>Whether it is the newest state.</summary>
    public bool IsNow => Height is null && Time is null && ValueDate is null;

    /// <summary>By value date, at the end of a day, whatever has been recorded by now.</summary>
    public static AsOf OnDate(DateOnly day) => new() { ValueDate = day };

    /// <summary>After the block of this height.</summary>
    public static AsOf AtHeight(long height) => new(height, null);

    /// <summary>After the last block whose time is not later than this.</summary>
    public static AsOf AtTime(DateTimeOffset time) => new(null, time);

    /// <summary>A height, a time, or a day, which means its end (UTC).</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    internal static AsOf Parse(string field, string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return AtHeight(Settle.Parse.Integer(field, text, 0, long.MaxValue));
        if (text.Length == "2026-11-21".Length)
        {
            var end = Settle.Parse.Day(field, text).ToDateTime(TimeOnly.MaxValue);
            return AtTime(new DateTimeOffset(end, TimeSpan.Zero));
        }
        return Settle.Parse.TryTime(field, text, out var time) ? AtTime(time)
            : throw Settle.Parse.NoTime(field, text, "is not a height, day or time; "
                + "write it as 42, 2026-11-21 or 2026-11-21T20:23:11Z");
    }
}
