using System.Runtime.InteropServices;
using Settle.Chain;

namespace Settle;

/// <summary>
/// What one entry did to one account, for the index and for readers: 32 bytes, because there are
/// two for every transfer. When money is held after it, a second row of kind
/// <see cref="MovementKinds.Held"/> with the same location says how much.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Movement(
    int Account, ushort Asset, MovementKinds Kinds, EntryLocation Location, long Low, long High)
{
    /// <summary>The balance after the entry; for a held row, the money held after it.</summary>
    public Int128 Value => new((ulong)High, (ulong)Low);

    public static Movement Of(int account, ushort asset, MovementKinds kinds,
        EntryLocation location, Int128 value) =>
        new(account, asset, kinds, location, (long)value, (long)(value >> 64));
}
