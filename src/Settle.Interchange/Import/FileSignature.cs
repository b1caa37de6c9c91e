namespace Settle.Import;

/// <summary>Recognizes files that are not CSV by how they begin, to say what they are.</summary>
internal static class FileSignature
{
    /// <summary>How many bytes it looks at.</summary>
    public const int Length = 512;

    private const string SaveAsCsv = "save it as CSV (UTF-8, separated by commas)";

    private const string NotUtf8 =
        $"is not UTF-8 but UTF-16 or another kind of text; {SaveAsCsv}";

    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static void Check(string name, ReadOnlySpan<byte> head)
    {
        if (What(head) is { } what)
            throw new InvalidRequestException("file", $"{name} {what}");
    }

    private static string? What(ReadOnlySpan<byte> head)
    {
        var mark = "\uFEFF"u8;
        if (head.StartsWith(mark) && head[mark.Length..].StartsWith(mark))
            return "begins with two byte order marks; save it again as UTF-8 with one or none";
        if (head.StartsWith("PK\u0003\u0004"u8)) return Archive(head);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return $"is an old Excel file (xls), not CSV; {SaveAsCsv}";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return NotUtf8;
        if (Gzip.Is(head)) return "was packed by gzip twice; unpack it first";
        if (head.StartsWith("BZh"u8)) return "is packed by bzip2; unpack it first";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A]))
            return "is packed by xz; unpack it first";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return "is packed by zstd; unpack it first";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]))
            return "is packed by 7-Zip; unpack it first";
        if (head.StartsWith("Rar!"u8)) return "is packed by RAR; unpack it first";
        if (head.StartsWith("%PDF"u8)) return "is a PDF file, not CSV";
        if (head.StartsWith("SQLite format 3"u8))
            return "is an SQLite file, not CSV; a ledger is named by --ledger";
        if (head.Contains((byte)0)) return NotUtf8;
        var text = head.StartsWith(mark) ? head[mark.Length..] : head;
        return text.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'<', ..] => "is XML or HTML, not CSV; a bank statement (camt) is read by "
                + "'settle bank'",
            [(byte)'{' or (byte)'[', ..] => "is JSON, not CSV; its first line must name the "
                + "columns",
            _ => null,
        };
    }

    private static string Archive(ReadOnlySpan<byte> head) =>
        head.IndexOf("opendocument"u8) >= 0 ? $"is a LibreOffice file (ods), not CSV; {SaveAsCsv}"
        : head.IndexOf("[Content_Types]"u8) >= 0 || head.IndexOf("_rels/"u8) >= 0
            || head.IndexOf("xl/"u8) >= 0 ? $"is an Excel file (xlsx), not CSV; {SaveAsCsv}"
        : "is a ZIP archive, not CSV; unpack it, as in 'unzip -p FILE | settle import -'";
}
