using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using HarfBuzzSharp;
using Settle.Paper.Pdf;

namespace Settle.Paper.Shaping;

/// <summary>Fonts as the shaper has them, each read once. Any number of threads may use them.
/// </summary>
internal sealed class ConcurrentFonts
{
    private readonly ConcurrentDictionary<TrueTypeFont, Lazy<Font>> _fonts = [];

    public Font Of(TrueTypeFont font) =>
        _fonts.GetOrAdd(font, each => new Lazy<Font>(() => Read(each))).Value;

    private static Font Read(TrueTypeFont font)
    {
        // The shaper reads it as long as it has the font, where nothing moves it.
        var file = Marshal.AllocHGlobal(font.File.Length);
        Marshal.Copy(font.File.ToArray(), 0, file, font.File.Length);
        using var blob = new Blob(
            file, font.File.Length, MemoryMode.ReadOnly, () => Marshal.FreeHGlobal(file));
        blob.MakeImmutable();
        using var face = new Face(blob, 0);
        face.UnitsPerEm = font.UnitsPerEm;
        face.MakeImmutable();
        var read = new Font(face);
        read.SetScale(font.UnitsPerEm, font.UnitsPerEm);
        read.SetFunctionsOpenType();
        return read;
    }
}
