using System.Globalization;

namespace Settle.Cli.Input;

/// <summary>Durations as people write them: <c>7d</c>, <c>12h</c>, <c>30m</c>.</summary>
internal static class Durations
{
    /// <summary>The duration in seconds.</summary>
    /// <exception cref="InvalidRequestException">It is none, or out of range.</exception>
    public static long ParseSeconds(string field, string text)
    {
        long unit = text.Length < 2 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            'w' => 7 * 86400,
            _ => 0,
        };
        if (unit == 0 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None,
                CultureInfo.InvariantCulture, out var count))
        {
            throw new InvalidRequestException(field,
                $"'{text}' is no duration; write it as 7d, 12h, 30m, 45s or 2w");
        }
        const long Max = Limits.HoldDaysMax * 86400L;
        if (count < 1 || count > Max / unit)
            throw new InvalidRequestException(field,
                $"must be 1 second to {Limits.HoldDaysMax} days");
        return count * unit;
    }
}
