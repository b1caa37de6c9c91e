using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Settle.Chain;

/// <summary>
/// Writes canonical JSON (RFC 8785) into one reusable array of bytes. Keys are the caller's to
/// order.
/// </summary>
internal sealed class JsonBuffer
{
    // Canonical JSON escapes these and nothing else.
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create(
            [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private byte[] _bytes;

    public JsonBuffer(int capacity) => _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    /// <summary>Makes room, so that what follows can be written without growing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes) Grow(bytes);
        return _bytes.AsSpan(Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int bytes) => Length += bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Length += written;
    }

    /// <summary>A string value with its quotes.</summary>
    public void String(ReadOnlySpan<byte> utf8)
    {
        var space = Reserve((utf8.Length * 6) + 2);
        space[0] = (byte)'"';
        var length = 1;
        if (utf8.ContainsAny(Escaped))
        {
            foreach (var c in utf8) length += Escape(c, space[length..]);
        }
        else
        {
            utf8.CopyTo(space[1..]);
            length += utf8.Length;
        }
        space[length] = (byte)'"';
        Length += length + 1;
    }

    private static int Escape(byte c, Span<byte> to)
    {
        var letter = c switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\b' => (byte)'b',
            (byte)'\t' => (byte)'t',
            (byte)'\n' => (byte)'n',
            (byte)'\f' => (byte)'f',
            (byte)'\r' => (byte)'r',
            _ => (byte)0,
        };
        if (letter != 0)
        {
            to[0] = (byte)'\\';
            to[1] = letter;
            return 2;
        }
        if (c >= 0x20)
        {
            to[0] = c;
            return 1;
        }
        "\\u00"u8.CopyTo(to);
        to[4] = (byte)(c < 0x10 ? '0' : '1');
        to[5] = "0123456789abcdef"u8[c & 0xF];
        return 6;
    }

    private void Grow(int bytes) =>
        Array.Resize(ref _bytes, int.Max(_bytes.Length * 2, Length + bytes));
}
