using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Settle.Fuzz;

/// <summary>
/// Which branches of the product were taken, and about how often: the map that instrumented code
/// counts in. Counts are kept by their magnitude, as AFL does.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private static readonly byte* Map = Allocate();

    private readonly byte[] _seen = new byte[Size];

    /// <summary>How many places of the map were ever reached.</summary>
    public int Edges { get; private set; }

    /// <summary>Begins to count one run.</summary>
    public static void Clear()
    {
        NativeMemory.Clear(Map, Size);
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds the run that just ended.</summary>
    /// <returns>Whether it reached something new.</returns>
    public bool Add()
    {
        var isNew = false;
        for (var i = 0; i < Size; i++)
        {
            if (Map[i] == 0) continue;
            var magnitude = (byte)(1 << BitOperations.Log2(Map[i]));
            if ((_seen[i] & magnitude) != 0) continue;
            if (_seen[i] == 0) Edges++;
            _seen[i] |= magnitude;
            isNew = true;
        }
        return isNew;
    }

    private static byte* Allocate()
    {
        var map = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.SharedMem = map;
        return map;
    }
}
