using Settle.Paper.Pdf;

namespace Settle.Paper.Letters;

/// <summary>Texts broken into lines of a width, and as small as a place needs them.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Size">How large they are written, in points.</param>
internal sealed record TextBox(IReadOnlyList<string> Lines, double Size)
{
    private const double SizeStep = 0.5;

    // From here on each sign is a word of its own.
    private const char FirstIdeograph = '\u2E80';
    private const char LastIdeograph = '\uFAFF';
    private const char FirstHangul = '\uAC00';
    private const char LastSurrogate = '\uDFFF';

    /// <summary>How far one line is below the other.</summary>
    public double Leading => Size * 1.3;

    public double Height => Lines.Count * Leading;

    /// <summary>
    /// The largest size in which texts fit into a place; the smallest where none does, so that
    /// they are higher than it.
    /// </summary>
    public static TextBox Fit(PdfTypeface face, IReadOnlyList<string> texts, double width,
        double height, double size, double sizeMin)
    {
        while (true)
        {
            var box = new TextBox(
                [.. texts.SelectMany(text => Wrap(face, size, text, width))], size);
            if (box.Height <= height || size <= sizeMin) return box;
            size = double.Max(sizeMin, size - SizeStep);
        }
    }

    /// <summary>Breaks a text into lines of a width; words that are too long are cut.</summary>
    public static List<string> Wrap(PdfTypeface face, double size, string text, double width)
    {
        // Most texts are short: one line, as they are.
        if (IsOneLine(text) && face.Width(text, size) <= width) return [text];
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var (word, space) in Words(paragraph))
            {
                var longer = line.Length == 0 ? word : line + space + word;
                if (face.Width(longer, size) <= width)
                {
                    line = longer;
                    continue;
                }
                if (line.Length > 0) lines.Add(line);
                line = word;
                while (face.Width(line, size) > width && face.Fit(line, size, width) is var end
                    && end < line.Length)
                {
                    lines.Add(line[..end]);
                    line = line[end..];
                }
            }
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>A text on one line; what does not fit is left out, which an ellipsis says.
    /// </summary>
    public static string Cut(PdfTypeface face, double size, string text, double width)
    {
        if (face.Width(text, size) <= width) return text;
        return text[..face.Fit(text, size, width - face.Width("…", size))].TrimEnd() + "…";
    }

    /// <summary>The largest size in which a text fits on one line.</summary>
    public static double SizeOf(
        PdfTypeface face, string text, double width, double size, double sizeMin)
    {
        while (size > sizeMin && face.Width(text, size) > width) size -= 0.25;
        return size;
    }

    private static bool IsOneLine(string text) => text.Length > 0 && text[0] != ' '
        && text[^1] != ' ' && !text.AsSpan().ContainsAny('\r', '\n', '\f')
        && !text.AsSpan().ContainsAny('\u0085', '\u2028', '\u2029')
        && !text.Contains("  ", StringComparison.Ordinal);

    // What a line may end with, and what stands between it and the word before.
    private static IEnumerable<(string Word, string Space)> Words(string paragraph)
    {
        foreach (var part in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var i = 1; i <= part.Length; i++)
            {
                if (i < part.Length && !(IsIdeograph(part[i]) && !IsClosing(part[i]))
                    && !(IsIdeograph(part[i - 1]) && char.IsLetterOrDigit(part[i])))
                    continue;
                yield return (part[start..i], start == 0 ? " " : "");
                start = i;
            }
        }
    }

    private static bool IsIdeograph(char c) => c is >= FirstIdeograph and <= LastIdeograph
        and not (>= FirstHangul and <= LastSurrogate);

    // What no line begins with.
    private static bool IsClosing(char c) => c is '、' or '。' or '」' or '』' or '）' or '】'
        or '〉' or '》' or '・' or 'ー' or 'ッ' or 'ャ' or 'ュ' or 'ョ' or 'っ' or 'ゃ' or 'ゅ' or 'ょ';
}
