using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Settle.Index;

/// <summary>
/// Says for certain that a key is absent, and is wrong about one absent key in some seven hundred.
/// A split block Bloom filter: all bits of a key stand in 32 bytes, one in each word, so that a
/// question costs one cache miss and a handful of instructions (Apache Parquet,
/// "Parquet Bloom Filter", after Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient
/// Bloom Filters", 2007).
/// </summary>
internal sealed class Bloom
{
    private const int BlockWords = 8;
    private const int BitsPerKey = 16;

    private readonly uint[] _words;

    private Bloom(uint[] words) => _words = words;

    /// <summary>The filter as it stands in a file; also where it is read into.</summary>
    public Span<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    public static Bloom ForKeys(long keys) => OfBlocks((keys * BitsPerKey / (BlockWords * 32)) + 1);

    /// <summary>An empty filter, to be filled through <see cref="Bytes"/>.</summary>
    public static Bloom OfBytes(long bytes) => OfBlocks(bytes / (BlockWords * sizeof(uint)));

    public void Add(ulong key)
    {
        ref var block = ref Block(key);
        (Vector256.LoadUnsafe(ref block) | Mask(key)).StoreUnsafe(ref block);
    }

    public bool MayHold(ulong key) => MayHold(key, Mask(key));

    /// <summary>The same, when the mask is known: it does not depend on the filter.</summary>
    public bool MayHold(ulong key, Vector256<uint> mask) =>
        Vector256.AndNot(mask, Vector256.LoadUnsafe(ref Block(key))) == Vector256<uint>.Zero;

    public void Prefetch(ulong key) => Settle.Prefetch.Line(ref Block(key));

    private static Bloom OfBlocks(long blocks) => new(new uint[checked((int)blocks * BlockWords)]);

    // The block comes from the upper half of the key, the bits in it from the lower one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint Block(ulong key) =>
        ref _words[(int)(((key >> 32) * (ulong)(_words.Length / BlockWords)) >> 32) * BlockWords];

    /// <summary>The bits of a key, one in each word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Mask(ulong key)
    {
        // Odd numbers that the Parquet format lays down: each scatters the key for one word.
        var salt = Vector256.Create(
            0x47b6137bu, 0x44974d91u, 0x8824ad5bu, 0xa2b7289du,
            0x705495c7u, 0x2df1424bu, 0x9efc4947u, 0x5c6bfb31u);
        var bits = (Vector256.Create((uint)key) * salt) >>> 27;
        if (Avx2.IsSupported) return Avx2.ShiftLeftLogicalVariable(Vector256<uint>.One, bits);
        var mask = Vector256<uint>.Zero;
        for (var i = 0; i < BlockWords; i++) mask = mask.WithElement(i, 1u << (int)bits[i]);
        return mask;
    }
}
