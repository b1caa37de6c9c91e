namespace Settle.Chain;

/// <summary>
/// Where an entry's bytes begin: its block's height (40 bits) and the offset in the block's
/// canonical body (24 bits). The default is nowhere. Locations order as the chain does.
/// </summary>
internal readonly record struct EntryLocation(ulong Packed)
{
    private const int OffsetBits = 24;

    public EntryLocation(long height, int offset)
        : this(((ulong)height << OffsetBits) | (uint)offset)
    {
    }

    public long Height => (long)(Packed >> OffsetBits);

    public int Offset => (int)(Packed & ((1 << OffsetBits) - 1));

    public bool IsNone => Packed == 0;

    public static bool operator <(EntryLocation left, EntryLocation right) =>
        left.Packed < right.Packed;

    public static bool operator >(EntryLocation left, EntryLocation right) => right < left;
}
