namespace Settle.Chain;

/// <summary>
/// Times on the chain: microseconds since 1970, written <c>2026-11-21T20:23:11.123456Z</c>.
/// </summary>
internal static class ChainTime
{
    public const int TextLength = 27;
    public const long MicrosecondsPerSecond = 1_000_000;
    public const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static long From(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static void Write(Span<byte> destination, long microseconds) =>
        ToTime(microseconds).UtcDateTime.TryFormat(
            destination, out _, Format, CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out long microseconds)
    {
        microseconds = 0;
        if (!DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return false;
        }
        microseconds = From(new DateTimeOffset(time));
        return true;
    }
}
