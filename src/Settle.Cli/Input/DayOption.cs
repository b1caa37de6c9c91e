using System.CommandLine;
using System.Globalization;

namespace Settle.Cli.Input;

/// <summary>A day: <c>--date 2026-11-21</c>; or a month, which means its last day.</summary>
internal sealed class DayOption : Option<string>
{
    private readonly bool _takesMonths;

    public DayOption(string name, string description, bool takesMonths = false)
        : base(name)
    {
        _takesMonths = takesMonths;
        Description = description;
        HelpName = "DATE";
    }

    /// <exception cref="InvalidRequestException">It is no day.</exception>
    public DateOnly? In(ParseResult words)
    {
        if (words.GetValue(this) is not { } text) return null;
        if (TryParse(text, "yyyy-MM-dd", out var day)) return day;
        if (_takesMonths && TryParse(text, "yyyy-MM", out day))
            return day.AddMonths(1).AddDays(-1);
        throw new InvalidRequestException(Name.TrimStart('-'), $"'{text}' is no day; write it as "
            + (_takesMonths ? "2026-10-31, or 2026-10 for its last day" : "2026-10-31"));
    }

    private static bool TryParse(string text, string format, out DateOnly day) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out day);
}
