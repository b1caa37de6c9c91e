using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Settle.Paper.Xml;

/// <summary>
/// Decodes a file by the encoding that it declares. A declaration that its bytes disagree with is
/// an error: read by it, names would come out garbled, and nobody would notice.
/// </summary>
internal static partial class XmlEncoding
{
    private const int DeclarationBytesMax = 256;
    private const string GetAgain = "correct the declaration in its first line, or get it again";

    /// <summary>The text of an XML file.</summary>
    /// <exception cref="InvalidRequestException">
    /// It declares an encoding that is not known, or that it does not have.
    /// </exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            var wide = Strict(new UnicodeEncoding(bytes[0] == 0xFE, false, true), bytes[2..]);
            return Declared(wide.AsSpan(0, int.Min(wide.Length, DeclarationBytesMax)))
                is not { } other || other.StartsWith("UTF-16", StringComparison.OrdinalIgnoreCase)
                ? wide : throw Wrong(other, "it begins with the mark of UTF-16");
        }
        var isMarked = bytes.StartsWith("\uFEFF"u8);
        if (isMarked) bytes = bytes[3..];
        var head = bytes[..int.Min(bytes.Length, DeclarationBytesMax)];
        var declared = Declared(Encoding.Latin1.GetString(head)) ?? "UTF-8";
        if (declared.Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
            return Strict(new UTF8Encoding(false, true), bytes);
        if (isMarked) throw Wrong(declared, "it begins with the mark of UTF-8");
        return DecodeSingle(Known(declared), declared, bytes);
    }

    /// <summary>
    /// The text of a file that cannot say what it is in: UTF-8, or else windows-1252.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is in neither.</exception>
    public static string DecodeUndeclared(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        var text = Known("windows-1252").GetString(bytes);
        var at = text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F');
        return at < 0 ? text : throw new InvalidRequestException("file", string.Create(
            CultureInfo.InvariantCulture,
            $"is neither UTF-8 nor windows-1252: its byte {at} is 0x{bytes[at]:X2}"));
    }

    private static string DecodeSingle(Encoding encoding, string name, ReadOnlySpan<byte> bytes)
    {
        // Text of another encoding is hardly ever UTF-8 by chance.
        if (!Ascii.IsValid(bytes) && Utf8.IsValid(bytes)) throw Wrong(name, "it is UTF-8");
        var text = Strict(encoding, bytes, name);
        var at = text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F');
        return at < 0 ? text : throw Wrong(name, string.Create(CultureInfo.InvariantCulture,
            $"the byte 0x{bytes[at]:X2} at {at} is not a letter of it"));
    }

    private static string Strict(
        Encoding encoding, ReadOnlySpan<byte> bytes, string? declared = null)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var at = int.Clamp(e.Index, 0, bytes.Length - 1);
            throw Wrong(declared ?? encoding.WebName.ToUpperInvariant(), string.Create(
                CultureInfo.InvariantCulture,
                $"the byte 0x{bytes[at]:X2} at {at} cannot be in it"));
        }
    }

    /// <exception cref="InvalidRequestException">It is not known.</exception>
    private static Encoding Known(string name)
    {
        Encoding? encoding = null;
        if (SingleByte().IsMatch(name))
        {
            try
            {
                encoding = CodePagesEncodingProvider.Instance.GetEncoding(name,
                    EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                    ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback,
                        DecoderFallback.ExceptionFallback);
            }
            catch (ArgumentException)
            {
                encoding = null;
            }
        }
        return encoding ?? throw new InvalidRequestException("file", $"declares the encoding "
            + $"'{name}', which is not known; save it as UTF-8, UTF-16, windows-1252 or another "
            + "of windows-125x, or ISO-8859-1 or another of ISO-8859");
    }

    private static InvalidRequestException Wrong(string declared, string what) =>
        new("file", $"should be {declared}, as it says, but {what}; {GetAgain}");

    private static string? Declared(ReadOnlySpan<char> head) =>
        Declaration().Match(head.ToString()) is { Success: true } match
            ? match.Groups[1].Value : null;

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]{1,40})["']""")]
    private static partial Regex Declaration();

    [GeneratedRegex("^(windows-125[0-8]|cp125[0-8]|iso-8859-[0-9]{1,2}|us-ascii)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SingleByte();
}
