using System.CommandLine;

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

    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public DateOnly? In(ParseResult words)
    {
        if (words.GetValue(this) is not { } text) return null;
        var field = Name.TrimStart('-');
        return _takesMonths ? Parse.DayOrMonth(field, text) : Parse.Day(field, text);
    }
}
