using System.Runtime.InteropServices;

namespace Settle.Billing;

/// <summary>
/// Rows that keep their numbers, can be taken back block by block, and can be read as they were
/// before the blocks that are not durable yet.
/// </summary>
internal sealed class VersionedTable<T>
    where T : unmanaged
{
    private readonly List<Frame> _frames = [];
    private readonly Stack<Frame> _free = [];
    private T[] _rows = [];

    public int Count { get; private set; }

    public int DurableCount => _frames.Count > 0 ? _frames[0].CountBefore : Count;

    /// <summary>How many there were before the newest open block.</summary>
    public int CountBefore => _frames[^1].CountBefore;

    /// <summary>A row to read.</summary>
    public ref readonly T this[int number] => ref _rows[number];

    public int Add(in T row)
    {
        if (Count == _rows.Length) Array.Resize(ref _rows, int.Max(16, Count * 2));
        _rows[Count] = row;
        return Count++;
    }

    /// <summary>A row to change.</summary>
    public ref T Touch(int number)
    {
        if (_frames.Count > 0 && number < _frames[^1].CountBefore)
            _frames[^1].Before.TryAdd(number, _rows[number]);
        return ref _rows[number];
    }

    /// <summary>A row as of the newest durable block.</summary>
    public T Durable(int number)
    {
        foreach (var frame in _frames)
            if (frame.Before.TryGetValue(number, out var before)) return before;
        return _rows[number];
    }

    /// <summary>What follows can be taken back.</summary>
    public void Begin()
    {
        var frame = _free.Count > 0 ? _free.Pop() : new Frame();
        frame.CountBefore = Count;
        _frames.Add(frame);
    }

    /// <summary>Takes back what came since the newest <see cref="Begin"/>.</summary>
    public void Undo()
    {
        var frame = _frames[^1];
        foreach (var (number, before) in frame.Before) _rows[number] = before;
        Count = frame.CountBefore;
        Close(_frames.Count - 1);
    }

    /// <summary>What came since the oldest <see cref="Begin"/> is durable.</summary>
    public void Commit() => Close(0);

    public void Save(Action<ReadOnlySpan<byte>> write)
    {
        write.Long(Count);
        write(MemoryMarshal.AsBytes(_rows.AsSpan(0, Count)));
    }

    public void Load(Action<Span<byte>> read)
    {
        Count = (int)read.Long();
        _rows = new T[Count];
        read(MemoryMarshal.AsBytes(_rows.AsSpan()));
    }

    private void Close(int index)
    {
        var frame = _frames[index];
        _frames.RemoveAt(index);
        frame.Before.Clear();
        _free.Push(frame);
    }

    private sealed class Frame
    {
        public int CountBefore { get; set; }

        public Dictionary<int, T> Before { get; } = [];
    }
}
