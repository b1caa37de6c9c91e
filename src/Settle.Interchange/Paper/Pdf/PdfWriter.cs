using System.Security.Cryptography;

namespace Settle.Paper.Pdf;

/// <summary>Writes the objects of a PDF 1.7 file, one after the other, and the table of them.
/// </summary>
internal sealed class PdfWriter : IDisposable
{
    // Nearly every letter is smaller.
    private const int LikelyBytes = 64 * 1024;

    private readonly MemoryStream _output = new(LikelyBytes);
    private readonly List<long> _offsets = [];

    public PdfWriter()
    {
        Text("%PDF-1.7\n%");
        // Bytes above 127 tell programs that this is not a text file.
        _output.Write([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <summary>The number of an object that is written later.</summary>
    public int Reserve()
    {
        _offsets.Add(0);
        return _offsets.Count;
    }

    public void Write(int id, string content)
    {
        Begin(id);
        Text(content);
        Text("\nendobj\n");
    }

    /// <summary>Writes a stream, packed.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="entries">The other entries of its dictionary.</param>
    /// <param name="data">The bytes to pack.</param>
    public void WriteStream(int id, string entries, byte[] data) =>
        WritePacked(id, entries, Deflate.Pack(data));

    /// <summary>Writes a stream that was packed before.</summary>
    public void WritePacked(int id, string entries, byte[] packed) =>
        WriteRaw(id, $"/Filter /FlateDecode {entries}", packed);

    /// <summary>Writes a stream as it is.</summary>
    public void WriteRaw(int id, string entries, byte[] data)
    {
        Begin(id);
        Text(string.Create(CultureInfo.InvariantCulture,
            $"<< {entries} /Length {data.Length} >>\nstream\n"));
        _output.Write(data);
        Text("\nendstream\nendobj\n");
    }

    /// <summary>Ends the file. Its id is made from its content.</summary>
    public byte[] Finish(int catalog, int info)
    {
        var hash = Convert.ToHexString(
            SHA256.HashData(_output.GetBuffer().AsSpan(0, (int)_output.Length)).AsSpan(0, 16));
        var table = _output.Length;
        Text(string.Create(CultureInfo.InvariantCulture,
            $"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in _offsets)
            Text(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Text(string.Create(CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {_offsets.Count + 1} /Root {catalog} 0 R /Info {info} 0 R "
            + $"/ID [<{hash}> <{hash}>] >>\nstartxref\n{table}\n%%EOF\n"));
        return _output.ToArray();
    }

    public void Dispose() => _output.Dispose();

    /// <summary>A text as PDF writes it, whatever its letters.</summary>
    public static string TextString(string text) =>
        $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    private void Begin(int id)
    {
        _offsets[id - 1] = _output.Length;
        Text(string.Create(CultureInfo.InvariantCulture, $"{id} 0 obj\n"));
    }

    private void Text(string text) => _output.Write(Encoding.ASCII.GetBytes(text));
}
