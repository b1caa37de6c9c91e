namespace Settle.Import;

/// <summary>What is wrong with a file, and where.</summary>
/// <param name="Line">The line, from 1; 0 when it is about the whole file.</param>
/// <param name="Column">The column's name; null when it is about the whole line.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record CsvFault(long Line, string? Column, string Message)
{
    public override string ToString() => (Line, Column) switch
    {
        (0, null) => Message,
        (0, _) => $"column '{Column}': {Message}",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {Message}"),
        _ => string.Create(CultureInfo.InvariantCulture,
            $"line {Line}, column '{Column}': {Message}"),
    };
}
