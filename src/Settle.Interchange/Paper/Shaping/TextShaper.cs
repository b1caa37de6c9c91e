using ADRaffy.ENSNormalize;
using HarfBuzzSharp;
using Settle.Paper.Pdf;
using Buffer = HarfBuzzSharp.Buffer;

namespace Settle.Paper.Shaping;

/// <summary>
/// Turns characters into glyphs where that is more than one after the other: accents that are
/// characters of their own, letters that join, signs in two directions, and other fonts.
/// </summary>
internal static class TextShaper
{
    // From here on letters combine.
    private const int FirstCombining = 0x0300;
    private const int FirstGreek = 0x0370;
    private const int FirstJoined = 0x0590;
    private const int FirstPunctuation = 0x2010;
    private const int FirstMark = 0x20D0;

    private static readonly ConcurrentFonts Fonts = new();

    /// <summary>Whether each character of a text is a glyph of a font.</summary>
    public static bool IsPlain(TrueTypeFont font, string text)
    {
        // Every font that letters begin with has these.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return true;
        foreach (var rune in text.EnumerateRunes())
        {
            var isSingle = rune.Value is >= ' ' and < FirstCombining and not 0xAD
                or >= FirstGreek and < 0x0483 or >= 0x048A and < FirstJoined
                or >= 0x1E00 and < 0x2000 or >= FirstPunctuation and < 0x2028
                or 0x202F or >= 0x2030 and < 0x2060 or >= 0x2070 and < FirstMark
                or >= 0x2100 and < 0x2190 or 0x2212;
            if (!isSingle || font.Glyph(rune) == 0) return false;
        }
        return true;
    }

    public static ShapedText Shape(TrueTypeFont primary, string text)
    {
        var composed = ENSNormalize.NF.NFC(Printed(text));
        var runs = new List<ShapedRun>();
        foreach (var (part, isRightToLeft) in BidiText.Order(composed))
        {
            var pieces = Pieces(primary, composed, part);
            if (isRightToLeft) pieces.Reverse();
            foreach (var (font, piece) in pieces)
                runs.Add(Run(font, composed[piece], isRightToLeft));
        }
        return new ShapedText(runs,
            runs.Sum(run => run.Clusters.Sum(cluster => cluster.Advance)));
    }

    private static string Printed(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    // Parts that one font draws: a space does not change it.
    private static List<(TrueTypeFont Font, Range Piece)> Pieces(
        TrueTypeFont primary, string text, Range part)
    {
        var pieces = new List<(TrueTypeFont Font, Range Piece)>();
        var (at, length) = part.GetOffsetAndLength(text.Length);
        var end = at + length;
        while (at < end)
        {
            var next = int.Min(end, at + StringInfo.GetNextTextElementLength(text, at));
            var sign = text.AsSpan(at, next - at);
            var font = pieces.Count > 0 && CharacterTraits.IsUnseen(Rune.GetRuneAt(text, at))
                ? pieces[^1].Font : LetterFonts.Find(primary, sign);
            if (font is null)
            {
                // No font has the mark and what it stands on: each is drawn by its own.
                var rune = Rune.GetRuneAt(text, at);
                next = at + rune.Utf16SequenceLength;
                font = LetterFonts.Find(primary, text.AsSpan(at, next - at))
                    ?? throw new UnprintableException("text", rune.ToString());
            }
            if (pieces.Count > 0 && pieces[^1].Font == font)
                pieces[^1] = (font, pieces[^1].Piece.Start..next);
            else
                pieces.Add((font, at..next));
            at = next;
        }
        return pieces;
    }

    private static ShapedRun Run(TrueTypeFont font, string text, bool isRightToLeft)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text);
        buffer.Direction = isRightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Flags = BufferFlags.RemoveDefaultIgnorables;
        buffer.GuessSegmentProperties();
        Fonts.Of(font).Shape(buffer);
        var (infos, positions) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var scale = 1.0 / font.UnitsPerEm;
        var clusters = new List<ShapedCluster>();
        var x = 0.0;
        for (var start = 0; start < infos.Length;)
        {
            var end = start;
            var (glyphs, advance) = (new List<ShapedGlyph>(), 0.0);
            for (; end < infos.Length && infos[end].Cluster == infos[start].Cluster; end++)
            {
                var place = positions[end];
                glyphs.Add(new ShapedGlyph((int)infos[end].Codepoint,
                    x + advance + (place.XOffset * scale), place.YOffset * scale));
                advance += place.XAdvance * scale;
            }
            // A mark may end far before what it stands on. Readers take the last glyph's end for
            // the sign's, and would find a gap: a blank ends where the sign does.
            if (glyphs.Count > 1 && font.Glyph(new Rune(' ')) is > 0 and var blank)
            {
                glyphs.Add(new ShapedGlyph(
                    blank, x + advance - (font.Advance(blank) * scale), 0));
            }
            clusters.Add(new ShapedCluster(
                TextOf(text, infos, start), glyphs, advance));
            x += advance;
            start = end;
        }
        return new ShapedRun(font, clusters);
    }

    // From its first character to that of the next one.
    private static string TextOf(string text, GlyphInfo[] infos, int at)
    {
        var start = (int)infos[at].Cluster;
        var end = text.Length;
        foreach (var info in infos)
            if (info.Cluster > start && info.Cluster < end) end = (int)info.Cluster;
        return text[start..end];
    }
}
