using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Settle.Server;

/// <summary>Writes the log for a person at a terminal: the time, the level, the message.</summary>
internal sealed class PlainLog(
    ServeOptions options, IOptions<SimpleConsoleFormatterOptions> console)
    : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> entry,
        IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = options.Clock.GetLocalNow()
            .ToString(console.Value.TimestampFormat, CultureInfo.InvariantCulture);
        var (level, color) = entry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => ("error", "\u001b[31m"),
            LogLevel.Warning => ("warning", "\u001b[33m"),
            LogLevel.Information => ("info", "\u001b[32m"),
            _ => ("debug", "\u001b[90m"),
        };
        var shown = options.LogsInColor ? $"{color}{level}\u001b[0m" : level;
        textWriter.Write($"{time} {shown} {entry.Formatter(entry.State, entry.Exception)}");
        textWriter.WriteLine();
        if (entry.Exception is { } exception) textWriter.WriteLine(exception);
    }
}
