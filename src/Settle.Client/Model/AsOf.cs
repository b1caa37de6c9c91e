namespace Settle;

/// <summary>The moment that a read refers to: now (the default), a height, or a time.</summary>
public readonly record struct AsOf
{
    private AsOf(long? height, DateTimeOffset? time) => (Height, Time) = (height, time);

    /// <summary>The newest state.</summary>
    public static AsOf Now => default;

    /// <summary>After the block of this height.</summary>
    public long? Height { get; }

    /// <summary>After the last block whose time is not later than this.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Whether it is the newest state.</summary>
    public bool IsNow => Height is null && Time is null;

    /// <summary>After the block of this height.</summary>
    public static AsOf AtHeight(long height) => new(height, null);

    /// <summary>After the last block whose time is not later than this.</summary>
    public static AsOf AtTime(DateTimeOffset time) => new(null, time);
}
