using System.Runtime.Intrinsics;

namespace Settle.Index;

/// <summary>
/// One filter over the ids of all runs: a new id asks it instead of every run's own. It grows by
/// filters of which each is four times as large as the one before, so that a question asks few
/// however long the history (after Almeida, Baquero, Preguica and Hutchison, "Scalable Bloom
/// Filters", 2007). One thread at a time adds, others may ask meanwhile: bits are only ever set.
/// The first one is made for the first key: most ledgers never have a run.
/// </summary>
/// <param name="keysMin">So many keys fill the first filter.</param>
internal sealed class IdFilter(long keysMin)
{
    private const int Growth = 4;

    private Bloom[] _blooms = [];
    private long _newestRoom;
    private long _newestKeys;

    /// <summary>How many filters a question asks.</summary>
    public int Parts => _blooms.Length;

    public void Prefetch(ulong key)
    {
        foreach (var bloom in _blooms) bloom.Prefetch(key);
    }

    /// <inheritdoc cref="Bloom.MayHold(ulong, Vector256{uint})"/>
    public bool MayHold(ulong key, Vector256<uint> mask)
    {
        foreach (var bloom in _blooms)
            if (bloom.MayHold(key, mask)) return true;
        return false;
    }

    /// <summary>Adds a key; one that is there takes no room.</summary>
    public void Add(ulong key)
    {
        if (MayHold(key, Bloom.Mask(key))) return;
        if (_newestRoom == 0) Grow();
        _blooms[^1].Add(key);
        _newestRoom--;
    }

    private void Grow()
    {
        _newestKeys = _blooms.Length == 0 ? keysMin : _newestKeys * Growth;
        _newestRoom = _newestKeys;
        Volatile.Write(ref _blooms, [.. _blooms, Bloom.ForKeys(_newestKeys)]);
    }
}
