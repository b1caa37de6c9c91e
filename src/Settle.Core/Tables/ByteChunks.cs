namespace Settle.Billing;

/// <summary>
/// Short texts that come and go together: in chunks, each of which is given back once its last
/// text is gone.
/// </summary>
internal sealed class ByteChunks
{
    private const int ChunkBits = 16;
    private const int ChunkBytes = 1 << ChunkBits;

    private readonly List<byte[]?> _chunks = [];
    private readonly List<int> _live = [];
    private readonly Stack<int> _free = [];
    private int _current = -1;
    private int _used = ChunkBytes;

    public ReadOnlySpan<byte> this[int start, int length] =>
        _chunks[start >>> ChunkBits].AsSpan(start & (ChunkBytes - 1), length);

    /// <summary>Keeps a text.</summary>
    /// <returns>Where it stands.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (ChunkBytes - _used < text.Length) Open();
        text.CopyTo(_chunks[_current].AsSpan(_used));
        _live[_current]++;
        var start = (_current << ChunkBits) | _used;
        _used += text.Length;
        return start;
    }

    /// <summary>Forgets a text.</summary>
    public void Remove(int start)
    {
        var chunk = start >>> ChunkBits;
        if (--_live[chunk] > 0) return;
        if (chunk == _current)
        {
            _used = 0;
            return;
        }
        _chunks[chunk] = null;
        _free.Push(chunk);
    }

    private void Open()
    {
        if (!_free.TryPop(out _current))
        {
            _current = _chunks.Count;
            _chunks.Add(null);
            _live.Add(0);
        }
        _chunks[_current] = new byte[ChunkBytes];
        _used = 0;
    }
}
