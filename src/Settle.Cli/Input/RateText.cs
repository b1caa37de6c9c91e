namespace Settle.Cli.Input;

/// <summary>Reads a rate as people write it: <c>EUR/USD=1.0863@2026-10-30</c>.</summary>
internal static class RateText
{
    private const string Field = "rate";

    /// <param name="text">What was typed.</param>
    /// <param name="today">The day of the person who types.</param>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static ExchangeRate Parse(string text, DateOnly today)
    {
        var (pair, rest) = Split(text, text, '=');
        var (rate, day) = Split(text, rest, '@');
        var (one, other) = Split(text, pair, '/');
        return new ExchangeRate
        {
            Base = one,
            Quote = other,
            Rate = Settle.Parse.Decimal(Field, rate),
            Date = Settle.Parse.Day(Field, Typed.DayOf(day, today)),
        };
    }

    private static (string Before, string After) Split(string typed, string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 ? (text[..at], text[(at + 1)..])
            : throw Settle.Parse.Fault(Field, typed, "is not a rate with its day; write what "
                + "1 EUR costs in USD as EUR/USD=1.0863@2026-10-30");
    }
}
