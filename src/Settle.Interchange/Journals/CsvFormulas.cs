using CsvHelper;

namespace Settle.Journals;

/// <summary>
/// Texts in CSV that a spreadsheet would run as a formula. They are written with an apostrophe in
/// front, which a spreadsheet takes for the mark of a text, and read without it. Where lists are
/// separated by semicolons or tabs, what comes behind one begins a cell of its own.
/// </summary>
internal static class CsvFormulas
{
    // Spreadsheets take the wide signs of East Asia for the plain ones.
    private const string Signs = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private const string Blanks = "\t\r";
    private const string Separators = ";\t";

    // Every file has this name, and it calls nothing.
    private const string World = "@world";

    /// <summary>Writes a text as a field that is a text for every spreadsheet.</summary>
    public static void Write(CsvWriter writer, string text)
    {
        var field = Defuse(text);
        writer.WriteField(field, field.AsSpan().ContainsAny(Separators)
            ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }

    /// <summary>A text as a field of a file; numbers are written as they are.</summary>
    public static string Defuse(string text)
    {
        if (text == World || !text.AsSpan().ContainsAny(Signs + Blanks)) return text;
        var field = new StringBuilder(text.Length + 1);
        for (var at = 0; at < text.Length; at++)
        {
            if (IsFormula(text, at)) field.Append('\'');
            field.Append(text[at]);
        }
        return field.ToString();
    }

    /// <summary>The text of a field.</summary>
    public static string Restore(string field)
    {
        if (!field.Contains('\'', StringComparison.Ordinal)) return field;
        var text = new StringBuilder(field.Length);
        for (var at = 0; at < field.Length; at++)
            if (field[at] != '\'' || !IsFormula(field, at)) text.Append(field[at]);
        return text.ToString();
    }

    /// <inheritdoc cref="Restore(string)"/>
    public static ReadOnlySpan<byte> Restore(ReadOnlySpan<byte> field) =>
        field.Contains((byte)'\'') ? Encoding.UTF8.GetBytes(Restore(Encoding.UTF8.GetString(field)))
            : field;

    // Where a cell begins with a formula, or with apostrophes before one: it gets another, so that
    // each text is read as it was.
    private static bool IsFormula(string text, int start)
    {
        if (start > 0 && !Separators.Contains(text[start - 1], StringComparison.Ordinal))
            return false;
        var rest = text.AsSpan(start).TrimStart('\'');
        return !rest.IsEmpty && (Signs.Contains(rest[0], StringComparison.Ordinal)
            || (start == 0 && Blanks.Contains(rest[0], StringComparison.Ordinal)));
    }
}
