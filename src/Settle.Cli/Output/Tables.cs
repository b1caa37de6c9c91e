using Spectre.Console;

namespace Settle.Cli.Output;

/// <summary>
/// Tables for people. A long one would be slow to lay out and is not read by a person, so it is
/// written as it comes, with a tab between its columns.
/// </summary>
internal static class Tables
{
    private const int LaidOutRowsMax = 1000;

    // A row that is longer than the terminal runs on in the next line; cut or folded cells could
    // not be copied.
    private const int WidthMax = 1000;

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
            Ansi = context.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(context.Output),
        });
        console.Profile.Width = WidthMax;
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.TrimEnd('>')))
            {
                Alignment = column.EndsWith('>') ? Justify.Right : Justify.Left,
                NoWrap = true,
            });
        }
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(OneLine(cell))));
        console.Write(table);
    }

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
