using Settle.Paper.Pdf;

namespace Settle.Paper.Letters;

/// <summary>The fonts of all letters, read once.</summary>
internal static class LetterFonts
{
    public static TrueTypeFont Regular { get; } = Load("OpenSans-Regular", "OpenSans");

    public static TrueTypeFont Strong { get; } = Load("OpenSans-Semibold", "OpenSans-Semibold");

    private static TrueTypeFont Load(string file, string name)
    {
        using var stream = typeof(LetterFonts).Assembly
            .GetManifestResourceStream($"Settle.Paper.Fonts.{file}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(name, bytes);
    }
}
