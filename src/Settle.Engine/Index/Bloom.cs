using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>
/// Says for certain that a key is absent, and is wrong about one absent key in some three hundred.
/// All bits of a key stand in one cache line, so that a question costs one miss.
/// </summary>
internal sealed class Bloom
{
    private const int LineWords = 8;
    private const int BitsPerKey = 12;
    private const int Probes = 6;

    private readonly ulong[] _words;

    private Bloom(ulong[] words) => _words = words;

    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    public static Bloom ForKeys(long keys) =>
        new(new ulong[int.Max(1, (int)((keys * BitsPerKey / (LineWords * 64)) + 1)) * LineWords]);

    public static Bloom FromBytes(ReadOnlySpan<byte> bytes) =>
        new(MemoryMarshal.Cast<byte, ulong>(bytes).ToArray());

    public void Add(ulong key)
    {
        var line = Line(key);
        var bits = Bits(key);
        for (var i = 0; i < Probes; i++, bits >>= 9)
            _words[line + (int)((bits >> 6) & 7)] |= 1UL << (int)(bits & 63);
    }

    public bool MayHold(ulong key)
    {
        var line = Line(key);
        var bits = Bits(key);
        for (var i = 0; i < Probes; i++, bits >>= 9)
            if ((_words[line + (int)((bits >> 6) & 7)] & (1UL << (int)(bits & 63))) == 0)
                return false;
        return true;
    }

    public void Prefetch(ulong key) => Settle.Prefetch.Line(ref _words[Line(key)]);

    // The line comes from the upper bits of the key, the bits in it from a scrambled copy.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Line(ulong key) =>
        (int)Math.BigMul(key, (ulong)(_words.Length / LineWords), out _) * LineWords;

    private static ulong Bits(ulong key) => (key * 0x9E3779B97F4A7C15) >> 8;
}
