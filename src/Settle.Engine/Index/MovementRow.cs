using System.Runtime.InteropServices;
using Settle.Chain;

namespace Settle.Index;

/// <summary>A <see cref="Movement"/> on disk: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MovementRow(
    ulong Packed, EntryLocation Location, long Low, long High) : IRunRow
{
    private const int AccountShift = 32;
    private const int AssetShift = 16;

    public MovementRow(in Movement movement)
        : this(((ulong)(uint)movement.Account << AccountShift)
            | ((ulong)movement.Asset << AssetShift)
            | (ushort)movement.Kinds, movement.Location, movement.Low, movement.High)
    {
    }

    public ulong Key => Packed >> AccountShift;

    public Movement ToMovement() => new((int)Key, -1, Location, Low, High,
        (ushort)(Packed >> AssetShift), (MovementKinds)(ushort)Packed);
}
