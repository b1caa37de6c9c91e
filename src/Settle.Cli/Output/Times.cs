namespace Settle.Cli.Output;

/// <summary>Times for people: with their offset, or with <c>Z</c> in UTC.</summary>
internal sealed class Times(TimeZoneInfo zone)
{
    /// <summary>A moment to the second.</summary>
    public string Of(DateTimeOffset time) => Text(time, "yyyy-MM-dd HH:mm:ss");

    /// <summary>A moment to the microsecond, as the chain has it.</summary>
    public string Exactly(DateTimeOffset time) => Text(time, "yyyy-MM-dd HH:mm:ss.ffffff");

    private string Text(DateTimeOffset time, string format)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.Offset == TimeSpan.Zero
            ? local.ToString(format + "'Z'", CultureInfo.InvariantCulture)
            : local.ToString(format + "zzz", CultureInfo.InvariantCulture);
    }
}
