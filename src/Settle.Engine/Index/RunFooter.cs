using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>The last bytes of a run's file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RunFooter(
    ulong Magic, long Rows, long Pages, long BloomBytes, ulong Crc)
{
    public const ulong Mark = 0x31_4E_55_52_54_45_53; // "SETRUN1"
}
