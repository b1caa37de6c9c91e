using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>The last bytes of a run's file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RunFooter(
    ulong Magic, long Rows, long Pages, long BloomBytes, ulong Crc)
{
    public const ulong Mark = 0x32_4E_55_52_54_45_53; // "SETRUN2"

    /// <summary>The checksum of what stands between the pages and the footer.</summary>
    public static uint Sum(ReadOnlySpan<RunPlace> firsts, Bloom? bloom)
    {
        var sum = Checksum.Of(MemoryMarshal.AsBytes(firsts));
        return bloom is null ? sum : Checksum.Of(bloom.Bytes, sum);
    }
}
