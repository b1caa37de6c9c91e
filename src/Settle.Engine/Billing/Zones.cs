namespace Settle.Billing;

/// <summary>
/// Moments and days. A day begins at midnight in its zone and ends before the next one, however
/// many hours it has.
/// </summary>
internal static class Zones
{
    /// <exception cref="InvalidRequestException">There is no such zone.</exception>
    public static void Check(string field, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw new InvalidRequestException(
                field, "must be a time zone by its IANA name, such as Europe/Berlin");
        }
    }

    /// <summary>The day that a moment belongs to.</summary>
    public static DateOnly DayOf(DateTimeOffset moment, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(
            moment, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}
