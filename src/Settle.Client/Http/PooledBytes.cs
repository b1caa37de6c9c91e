using System.Buffers;

namespace Settle.Http;

/// <summary>A growing body in a pooled array. Dispose gives the array back.</summary>
internal sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    private const int BytesAtFirst = 64 * 1024;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BytesAtFirst);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - _length < int.Max(sizeHint, 1)) Grow(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int sizeHint)
    {
        var larger = ArrayPool<byte>.Shared.Rent(int.Max(_bytes.Length * 2, _length + sizeHint));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
