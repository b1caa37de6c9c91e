using System.Globalization;

namespace Settle.Cli.Input;

/// <summary>The moment that <c>--at</c> names: a height, a date or a date-time.</summary>
internal static class Moments
{
    /// <summary>A date means its end (UTC), to include what happened on that day.</summary>
    /// <exception cref="InvalidRequestException">The text is no moment.</exception>
    public static AsOf Parse(string field, string? text)
    {
        if (text is null) return AsOf.Now;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var height))
            return AsOf.AtHeight(height);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var date))
        {
            var end = date.ToDateTime(TimeOnly.MaxValue);
            return AsOf.AtTime(new DateTimeOffset(end, TimeSpan.Zero));
        }
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var hasOffset = text.EndsWith('Z')
            || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (hasOffset && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var time))
        {
            return AsOf.AtTime(time);
        }
        throw new InvalidRequestException(field,
            $"'{text}' is no moment; write a height (42), a date (2026-11-21) "
            + "or a time (2026-11-21T20:23:11Z)");
    }
}
