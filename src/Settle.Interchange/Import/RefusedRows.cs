using CsvHelper;
using Settle.Journals;

namespace Settle.Import;

/// <summary>
/// Writes the rows that were refused as they stand in the file, but with nothing that a spreadsheet
/// would run, with the reason behind, and what was short or the room that there was.
/// </summary>
internal sealed class RefusedRows(Stream stream) : IDisposable
{
    /// <summary>What stands behind the file's own columns.</summary>
    public static readonly string[] Columns = ["reason", "account", "spendable", "needed", "room"];

    private static readonly HashSet<string> Reasons =
        [.. Enum.GetValues<RefusalCode>().Select(code => code.Text())];

    private readonly BufferedStream _output = new(stream, 64 * 1024);

    public void WriteHeader(IEnumerable<string> columns)
    {
        using var writer =
            CsvWriter.Create(_output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in columns) CsvFormulas.Write(writer, column);
        foreach (var column in Columns) writer.WriteField(column);
        writer.EndRecord();
    }

    /// <summary>Whether a field of the first of these columns can have been written here.</summary>
    public static bool IsReason(ReadOnlySpan<byte> field) =>
        field.IsEmpty || Reasons.Contains(Encoding.UTF8.GetString(field));

    public void Write(ReadOnlySpan<byte> row, Verdict verdict)
    {
        _output.Write(row);
        _output.Write(","u8);
        _output.Write(Encoding.ASCII.GetBytes(verdict.Refusal.Text()));
        _output.Write(","u8);
        using var writer =
            CsvWriter.Create(_output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        var facts = RefusalFacts.Of(verdict.Detail);
        CsvFormulas.Write(writer, facts?.Account ?? "");
        foreach (var amount in (Money?[])[facts?.Spendable, facts?.Needed, facts?.Room])
            writer.WriteField(amount?.Digits ?? "");
        writer.EndRecord();
    }

    public void Flush() => _output.Flush();

    public void Dispose() => _output.Dispose();
}
