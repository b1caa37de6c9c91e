using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Settle;

/// <summary>
/// Asks the processor for a cache line ahead of its use; where it cannot, nothing happens.
/// </summary>
internal static class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref T at)
        where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref at));
    }
}
