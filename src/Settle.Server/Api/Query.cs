using System.Globalization;

namespace Settle.Server;

/// <summary>Reads the parameters of an address.</summary>
internal static class Query
{
    public const int LimitMax = 1000;
    private const int LimitDefault = 100;

    public static PageQuery Page(HttpContext context) =>
        new() { Limit = Limit(context), After = Text(context, "after") };

    public static string? Text(HttpContext context, string name) =>
        context.Request.Query[name] is { Count: > 0 } values ? values[0] : null;

    public static int Limit(HttpContext context)
    {
        if (Text(context, "limit") is not { } text) return LimitDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= LimitMax
                ? limit
                : throw new InvalidRequestException("limit",
                $"must be 1 to {LimitMax}");
    }

    public static long? Height(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text) return null;
        return TryHeight(text, out var height)
            ? height
            : throw new InvalidRequestException(name, "must be the height of a block");
    }

    public static AsOf At(HttpContext context)
    {
        if (Text(context, "at") is not { } text) return AsOf.Now;
        if (TryHeight(text, out var height)) return AsOf.AtHeight(height);
        return TryTime(text, out var time)
            ? AsOf.AtTime(time)
            : throw new InvalidRequestException("at",
                "must be the height of a block, or a time such as 2026-11-21T20:23:11Z");
    }

    public static DateTimeOffset? Time(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text) return null;
        return TryTime(text, out var time)
            ? time
            : throw new InvalidRequestException(name,
            "must be a time such as 2026-11-21T20:23:11Z");
    }

    public static DateOnly? Day(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day)
            ? day
            : throw new InvalidRequestException(name, "must be a day, such as 2026-11-21");
    }

    public static bool? Flag(HttpContext context, string name) => Text(context, name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new InvalidRequestException(name, "must be true or false"),
    };

    /// <summary>One of some words; null when absent.</summary>
    public static string? Word(HttpContext context, string name, params string[] words) =>
        Text(context, name) is not { } text ? null
        : words.Contains(text) ? text
        : throw new InvalidRequestException(name,
            $"must be {string.Join(" or ", words.Select(word => $"'{word}'"))}");

    public static bool TryHeight(string text, out long height) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out height);

    /// <summary>RFC 3339: a date, or a date and time with its offset.</summary>
    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text,
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"], CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal, out time) && HasOffset(text);

    private static bool HasOffset(string text) =>
        text.Length == 10 || text.EndsWith('Z') || text[^6] is '+' or '-';
}
