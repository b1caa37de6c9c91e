using System.Numerics;
using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>CRC-32C, which the processor computes; it finds damage, not malice.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var b in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
