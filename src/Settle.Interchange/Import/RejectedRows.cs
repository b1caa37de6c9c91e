using CsvHelper;

namespace Settle.Import;

/// <summary>Writes the rows that were refused as they stand in the file, with the reason
/// behind.</summary>
internal sealed class RejectedRows(Stream stream) : IDisposable
{
    public const string Column = "reason";

    private readonly BufferedStream _output = new(stream, 64 * 1024);

    public void WriteHeader(IReadOnlyList<string> columns)
    {
        using var writer =
            CsvWriter.Create(_output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord([.. columns, Column]);
    }

    public void Write(ReadOnlySpan<byte> row, RefusalCode refusal)
    {
        _output.Write(row);
        _output.Write(","u8);
        _output.Write(Encoding.ASCII.GetBytes(refusal.Text()));
        _output.Write("\n"u8);
    }

    public void Flush() => _output.Flush();

    public void Dispose() => _output.Dispose();
}
