using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Settle;

/// <summary>
/// Numbers names in the order in which they are first seen: an open-addressing table over one array
/// of bytes, because a million strings would cost five times the memory and a cache miss more.
/// </summary>
internal sealed class NameTable
{
    // Most ledgers are small, or opened for one call.
    private const int SlotsMin = 64;
    private const int BytesMin = 1024;

    // A slot is the upper half of the hash and the number + 1; zero is free.
    private ulong[] _slots = new ulong[SlotsMin];
    private byte[] _bytes = new byte[BytesMin];
    private int[] _ends = new int[SlotsMin];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] =>
        _bytes.AsSpan(Start(number), _ends[number] - Start(number));

    public string Text(int number) => Encoding.UTF8.GetString(this[number]);

    /// <summary>The number of a name; -1 when it was never seen.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var slot = FindSlot(name, KeyHash.Of(name));
        return (int)(uint)_slots[slot] - 1;
    }

    public int FindOrAdd(ReadOnlySpan<byte> name) => FindOrAdd(name, KeyHash.Of(name));

    /// <summary>The number of a name whose hash is known.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> name, ulong hash)
    {
        var slot = FindSlot(name, hash);
        var number = (int)(uint)_slots[slot] - 1;
        return number >= 0 ? number : Add(name, hash, slot);
    }

    /// <summary>
    /// The number that a hash probably has, without a look at the name; -1 for a new one.
    /// </summary>
    public int Guess(ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; slots[slot] != 0; slot = (slot + 1) & mask)
            if ((slots[slot] ^ hash) >> 32 == 0) return (int)(uint)slots[slot] - 1;
        return -1;
    }

    public void PrefetchSlot(ulong hash) =>
        Prefetch.Line(ref _slots[(int)hash & (_slots.Length - 1)]);

    public void PrefetchName(int number) => Prefetch.Line(ref _ends[number]);

    /// <summary>
    /// Forgets the names that were added last, so that <paramref name="count"/> remain.
    /// </summary>
    public void Truncate(int count)
    {
        // Names leave in the reverse order of their arrival, so no later probe passes over a freed
        // slot.
        while (Count > count)
        {
            var name = this[Count - 1];
            _slots[FindSlot(name, KeyHash.Of(name))] = 0;
            Count--;
        }
    }

    public void Save(Action<ReadOnlySpan<byte>> write)
    {
        write(MemoryMarshal.AsBytes(_ends.AsSpan(0, Count)));
        write(_bytes.AsSpan(0, Start(Count)));
    }

    public void Load(int count, Action<Span<byte>> read)
    {
        _ends = new int[int.Max(count, SlotsMin)];
        read(MemoryMarshal.AsBytes(_ends.AsSpan(0, count)));
        _bytes = new byte[int.Max(count == 0 ? 0 : _ends[count - 1], BytesMin)];
        read(_bytes.AsSpan(0, count == 0 ? 0 : _ends[count - 1]));
        Count = count;
        var slots = SlotsMin;
        while (slots < (count + 1) * 2) slots *= 2;
        Rehash(slots);
    }

    private int Start(int number) => number == 0 ? 0 : _ends[number - 1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindSlot(ReadOnlySpan<byte> name, ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (true)
        {
            var value = slots[slot];
            if (value == 0) return slot;
            if ((uint)(value >> 32) == (uint)(hash >> 32)
                && this[(int)(uint)value - 1].SequenceEqual(name))
                return slot;
            slot = (slot + 1) & mask;
        }
    }

    private int Add(ReadOnlySpan<byte> name, ulong hash, int slot)
    {
        if ((Count + 1) * 2 > _slots.Length)
        {
            Rehash(_slots.Length * 2);
            slot = FindSlot(name, hash);
        }
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (_bytes.Length - start < name.Length)
            Array.Resize(ref _bytes, int.Max(_bytes.Length * 2, start + name.Length));
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        name.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + name.Length;
        _slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | (uint)(Count + 1);
        return Count++;
    }

    private void Rehash(int slotCount)
    {
        _slots = new ulong[slotCount];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var hash = KeyHash.Of(this[number]);
            var slot = (int)hash & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | (uint)(number + 1);
        }
    }
}
