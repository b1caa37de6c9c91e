using CsvHelper;
using Settle.Journals;
using Spectre.Console;

namespace Settle.Cli.Output;

/// <summary>
/// Tables for people, as wide as their terminal, or as CSV. A long one would be slow to lay out and
/// is not read by a person, so it is written as it comes, with a tab between its columns.
/// </summary>
internal static class Tables
{
    private const int LaidOutRowsMax = 1000;

    // Of what is not a terminal's: cut or folded cells could not be read by the next program.
    private const int WidthMax = 1000;

    // Two spaces and what is between two columns.
    private const int BorderWidth = 3;
    private const int LongWord = 12;
    private const int ShortestFold = 6;

    private static readonly Style Heading = new(decoration: Decoration.Bold);
    private static readonly Style Negative = new(Color.Maroon);

    /// <param name="context">Where to write.</param>
    /// <param name="columns">The headings; <c>&gt;</c> at the end aligns to the right.</param>
    /// <param name="rows">One text per column.</param>
    public static void Write(CliContext context, string[] columns, IEnumerable<string[]> rows)
    {
        using var source = rows.GetEnumerator();
        var first = new List<string[]>();
        while (first.Count <= LaidOutRowsMax && source.MoveNext()) first.Add(source.Current);
        if (first.Count <= LaidOutRowsMax) LayOut(context, columns, first);
        else WritePlain(context, columns, first, source);
    }

    private static void LayOut(CliContext context, string[] columns, List<string[]> rows)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = context.HasColors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = context.HasColors ? ColorSystemSupport.Standard
                : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(context.Output),
        });
        console.Profile.Width = context.IsTerminal ? context.Width : WidthMax;
        var widths = context.IsTerminal ? Fit(columns, rows, context.Width) : [];
        if (widths is null)
        {
            WriteStacked(context, columns, rows);
            return;
        }
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        for (var at = 0; at < columns.Length; at++)
        {
            table.AddColumn(new TableColumn(new Text(columns[at].TrimEnd('>'), Heading))
            {
                Alignment = IsNumber(columns[at]) ? Justify.Right : Justify.Left,
                NoWrap = widths.Length == 0 || IsNumber(columns[at]),
                Width = widths.Length == 0 ? null : widths[at],
            });
        }
        foreach (var row in rows)
        {
            table.AddRow(row.Select((cell, at) => new Text(OneLine(cell),
                IsNumber(columns[at]) && cell.StartsWith('-') ? Negative : Style.Plain)));
        }
        console.Write(table);
    }

    /// <inheritdoc cref="Write"/>
    public static void WriteCsv(
        CliContext context, string[] columns, IEnumerable<string[]> rows)
    {
        context.Output.Flush();
        using var writer = CsvWriter.Create(
            context.OutputStream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord((string[])[.. columns.Select(column =>
            column.TrimEnd('>').Replace(' ', '_').ToLowerInvariant())]);
        foreach (var row in rows)
        {
            for (var at = 0; at < row.Length; at++)
            {
                if (IsNumber(columns[at])) writer.WriteField(row[at]);
                else CsvFormulas.Write(writer, row[at]);
            }
            writer.EndRecord();
        }
    }

    // The widest texts are folded first, and words last; a number is read whole. None when all
    // fits, and null when nothing helps.
    private static int[]? Fit(string[] columns, List<string[]> rows, int width)
    {
        var cells = columns.Select((column, at) => rows.Select(row => OneLine(row[at]))
            .Append(column.TrimEnd('>')).ToList()).ToList();
        var widths = cells.Select(column => column.Max(Width)).ToArray();
        var excess = widths.Sum() + (columns.Length * BorderWidth) + 1 - width;
        if (excess <= 0) return [];
        foreach (var wordMax in (int[])[LongWord, ShortestFold])
        {
            var least = cells.Select(column => int.Min(wordMax,
                column.Max(cell => cell.Split(' ').Max(Width)))).ToArray();
            for (; excess > 0; excess--)
            {
                var widest = Enumerable.Range(0, columns.Length)
                    .Where(at => !IsNumber(columns[at]) && widths[at] > least[at])
                    .DefaultIfEmpty(-1).MaxBy(at => at < 0 ? 0 : widths[at]);
                if (widest < 0) break;
                widths[widest]--;
            }
        }
        return excess > 0 ? null : widths;
    }

    // A terminal too narrow for columns gets a line for each value.
    private static void WriteStacked(CliContext context, string[] columns, List<string[]> rows)
    {
        var names = columns.Select(column => column.TrimEnd('>')).ToArray();
        var indent = names.Max(Width) + 2;
        foreach (var row in rows)
        {
            context.Output.WriteLine();
            for (var at = 0; at < names.Length; at++)
            {
                if (row[at].Length > 0)
                    context.Output.WriteLine(names[at].PadRight(indent) + OneLine(row[at]));
            }
        }
    }

    private static int Width(string text) => new Text(text).Length;

    private static bool IsNumber(string column) => column.EndsWith('>');

    private static void WritePlain(CliContext context, string[] columns, List<string[]> first,
        IEnumerator<string[]> rest)
    {
        context.Output.WriteLine(string.Join('\t', columns.Select(column => column.TrimEnd('>'))));
        foreach (var row in first) WriteRow(row);
        while (rest.MoveNext()) WriteRow(rest.Current);

        void WriteRow(string[] row) =>
            context.Output.WriteLine(string.Join('\t', row.Select(OneLine)));
    }

    /// <summary>A text without its line breaks and tabs.</summary>
    public static string OneLine(string text) =>
        text.AsSpan().ContainsAny('\n', '\r', '\t')
            ? text.ReplaceLineEndings(" ").Replace('\t', ' ') : text;
}
