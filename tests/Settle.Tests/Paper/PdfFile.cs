using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Settle.Tests.Paper;

/// <summary>Reads a PDF as a program does that trusts nobody: by its table of objects.</summary>
internal sealed partial class PdfFile
{
    private readonly byte[] _bytes;
    private readonly string _text;
    private readonly List<int> _offsets = [];

    public PdfFile(byte[] bytes)
    {
        _bytes = bytes;
        _text = Encoding.Latin1.GetString(bytes);
        var table = Number(_text[(_text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..]);
        if (!_text[table..].StartsWith("xref\n0 ", StringComparison.Ordinal))
            throw new InvalidDataException("no table of objects where it should be");
        foreach (Match entry in EntryPattern.Matches(_text, table))
            _offsets.Add(Number(entry.Groups[1].Value));
        Trailer = _text[_text.LastIndexOf("trailer", StringComparison.Ordinal)..];
        Catalog = Object(Reference(Trailer, "Root"));
    }

    public string Trailer { get; }

    public string Catalog { get; }

    public int Count => _offsets.Count;

    /// <summary>Each page's content.</summary>
    public IEnumerable<string> Pages => References(Object(Reference(Catalog, "Pages")), "Kids")
        .Select(page => Encoding.ASCII.GetString(Stream(Reference(Object(page), "Contents"))));

    /// <summary>What an object holds, without the bytes of its stream.</summary>
    public string Object(int number)
    {
        var start = $"{number} 0 obj\n";
        var at = _offsets[number - 1];
        if (!_text[at..].StartsWith(start, StringComparison.Ordinal))
            throw new InvalidDataException($"object {number} is not where the table says");
        var end = _text.IndexOf("endobj", at, StringComparison.Ordinal);
        var stream = _text.IndexOf("\nstream\n", at, StringComparison.Ordinal);
        return _text[(at + start.Length)..(stream >= 0 && stream < end ? stream : end)];
    }

    /// <summary>An object's stream, unpacked.</summary>
    public byte[] Stream(int number)
    {
        var entries = Object(number);
        var at = _text.IndexOf("\nstream\n", _offsets[number - 1], StringComparison.Ordinal) + 8;
        var length = Number(LengthPattern.Match(entries).Groups[1].Value);
        if (!_text[(at + length)..].StartsWith("\nendstream", StringComparison.Ordinal))
            throw new InvalidDataException($"the stream of object {number} has another length");
        var raw = _bytes[at..(at + length)];
        if (!entries.Contains("/FlateDecode", StringComparison.Ordinal)) return raw;
        using var unpacked = new MemoryStream();
        using var packed = new ZLibStream(new MemoryStream(raw), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    public static int Reference(string entries, string key) => References(entries, key)[0];

    public static List<int> References(string entries, string key)
    {
        var match = Regex.Match(entries, $@"/{key} (?:\[([^\]]*)\]|(\d+ 0 R))");
        return [.. ReferencePattern.Matches(match.Groups[1].Value + match.Groups[2].Value)
            .Select(each => Number(each.Groups[1].Value))];
    }

    /// <summary>The objects of the fonts, by the name that pages use.</summary>
    public Dictionary<string, int> Fonts()
    {
        var page = Object(References(Object(Reference(Catalog, "Pages")), "Kids")[0]);
        var fonts = Regex.Match(page, "/Font << ([^>]*) >>").Groups[1].Value;
        return Regex.Matches(fonts, @"/(F\d+) (\d+) 0 R").ToDictionary(
            font => font.Groups[1].Value, font => Number(font.Groups[2].Value));
    }

    /// <summary>The texts of a page, one a line, as somebody who copies them gets them.</summary>
    public string Text(string page)
    {
        var maps = Fonts().ToDictionary(font => font.Key, font => Characters(font.Value));
        return string.Join('\n', TextPattern.Matches(page).Select(text => string.Concat(
            text.Groups[2].Value.Chunk(4).Select(code =>
                maps[text.Groups[1].Value][new string(code)]))));
    }

    private Dictionary<string, string> Characters(int font)
    {
        var map = Encoding.ASCII.GetString(Stream(Reference(Object(font), "ToUnicode")));
        return Regex.Matches(map, "^<(....)> <([0-9A-F]+)>$", RegexOptions.Multiline)
            .Where(each => each.Groups[1].Value + each.Groups[2].Value != "0000FFFF")
            .ToDictionary(each => each.Groups[1].Value, each => Encoding.BigEndianUnicode
                .GetString(Convert.FromHexString(each.Groups[2].Value)));
    }

    private static int Number(string text) => int.Parse(
        NumberPattern.Match(text).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+")]
    private static partial Regex NumberPattern { get; }

    [GeneratedRegex(@"(\d{10}) 00000 n \n")]
    private static partial Regex EntryPattern { get; }

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex LengthPattern { get; }

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex ReferencePattern { get; }

    [GeneratedRegex(@"BT /(F\d+) \S+ Tf \S+ \S+ Td <([0-9A-F]*)> Tj ET")]
    public static partial Regex TextPattern { get; }
}
