using System.Runtime.InteropServices;

namespace Settle;

/// <summary>
/// Numbers and texts in a snapshot: one action takes its next bytes, the other fills a span with
/// them.
/// </summary>
internal static class Snapshots
{
    public static void Long(this Action<ReadOnlySpan<byte>> write, long value) =>
        write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    public static long Long(this Action<Span<byte>> read)
    {
        long value = 0;
        read(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }

    public static void Bytes(this Action<ReadOnlySpan<byte>> write, ReadOnlySpan<byte> bytes)
    {
        write.Long(bytes.Length);
        write(bytes);
    }

    public static byte[] Bytes(this Action<Span<byte>> read)
    {
        var bytes = new byte[read.Long()];
        read(bytes);
        return bytes;
    }

    public static void Text(this Action<ReadOnlySpan<byte>> write, string text) =>
        write.Bytes(Encoding.UTF8.GetBytes(text));

    public static string Text(this Action<Span<byte>> read) =>
        Encoding.UTF8.GetString(read.Bytes());
}
