using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>Where a row stands in the order of a run.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RunPlace(ulong Key, EntryLocation Location) : IRunRow
{
    /// <summary>After every row.</summary>
    public static RunPlace End => new(ulong.MaxValue, new EntryLocation(ulong.MaxValue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RunPlace Of<TRow>(in TRow row)
        where TRow : unmanaged, IRunRow => new(row.Key, row.Location);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBefore(RunPlace other) =>
        Key < other.Key || (Key == other.Key && Location.Packed < other.Location.Packed);

    /// <summary>How many of some ordered rows stand before a place.</summary>
    public static int CountBefore<TRow>(ReadOnlySpan<TRow> rows, RunPlace end)
        where TRow : unmanaged, IRunRow
    {
        int low = 0, high = rows.Length;
        // Often it is one row, or all of them.
        if (high > 1 && !Of(rows[1]).IsBefore(end)) high = 1;
        else if (high > 1 && Of(rows[^1]).IsBefore(end)) low = high;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Of(rows[middle]).IsBefore(end)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
