using System.Runtime.InteropServices;
using Settle.Chain;

namespace Settle.Index;

/// <summary>Where a row stands in the order of a run.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RunPlace(ulong Key, EntryLocation Location) : IRunRow
{
    public static RunPlace Of<TRow>(in TRow row)
        where TRow : unmanaged, IRunRow => new(row.Key, row.Location);

    public bool IsBefore(RunPlace other) =>
        Key < other.Key || (Key == other.Key && Location.Packed < other.Location.Packed);
}
