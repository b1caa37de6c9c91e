namespace Settle.Journals;

/// <summary>
/// Texts in CSV that a spreadsheet would run as a formula. They are written with an apostrophe in
/// front, which a spreadsheet takes for the mark of a text, and read without it.
/// </summary>
internal static class CsvFormulas
{
    private const string Starts = "=+-@\t\r";

    // Every file has this name, and it calls nothing.
    private const string World = "@world";

    /// <summary>A text as a field of a file; numbers are written as they are.</summary>
    public static string Defuse(string text) =>
        text.Length > 0 && text != World && IsFormula(text) ? "'" + text : text;

    /// <summary>The text of a field.</summary>
    public static ReadOnlySpan<byte> Restore(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty || field[0] != (byte)'\'') return field;
        var rest = field.TrimStart((byte)'\'');
        return !rest.IsEmpty && Starts.Contains((char)rest[0], StringComparison.Ordinal)
            ? field[1..] : field;
    }

    // One that begins with apostrophes gets another, so that each text is read as it was.
    private static bool IsFormula(string text)
    {
        var rest = text.AsSpan().TrimStart('\'');
        return !rest.IsEmpty && Starts.Contains(rest[0], StringComparison.Ordinal);
    }
}
