using System.Runtime.CompilerServices;

namespace Settle;

/// <summary>A growable, reusable list of <see cref="Movement"/> rows.</summary>
internal sealed class MovementLog
{
    private Movement[] _rows = new Movement[64];

    public int Count { get; private set; }

    public ReadOnlySpan<Movement> Rows => _rows.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Movement row)
    {
        if (Count == _rows.Length) Array.Resize(ref _rows, Count * 2);
        _rows[Count++] = row;
    }

    public void Clear() => Count = 0;
}
