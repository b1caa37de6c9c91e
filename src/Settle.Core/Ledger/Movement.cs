using Settle.Chain;

namespace Settle;

/// <summary>
/// What one entry did to one account, for the index and for readers. When money is held after it, a
/// second row of kind <see cref="MovementKinds.Held"/> with the same location says how much.
/// </summary>
internal readonly record struct Movement(
    int Account, int Position, EntryLocation Location, long Low, long High, ushort Asset,
    MovementKinds Kinds)
{
    /// <summary>The balance after the entry; for a held row, the money held after it.</summary>
    public Int128 Value => new((ulong)High, (ulong)Low);

    public static Movement Of(int account, int position, EntryLocation location, Int128 value,
        ushort asset, MovementKinds kinds) =>
        new(account, position, location, (long)value, (long)(value >> 64), asset, kinds);
}
