using System.Runtime.InteropServices;
using System.Text;

namespace Settle;

/// <summary>Takes the next bytes of a snapshot.</summary>
internal delegate void SnapshotWriter(ReadOnlySpan<byte> bytes);

/// <summary>Fills a span with the next bytes of a snapshot.</summary>
internal delegate void SnapshotReader(Span<byte> bytes);

/// <summary>Numbers and texts in a snapshot.</summary>
internal static class Snapshots
{
    public static void Long(this SnapshotWriter write, long value) =>
        write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    public static long Long(this SnapshotReader read)
    {
        long value = 0;
        read(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }

    public static void Bytes(this SnapshotWriter write, ReadOnlySpan<byte> bytes)
    {
        write.Long(bytes.Length);
        write(bytes);
    }

    public static byte[] Bytes(this SnapshotReader read)
    {
        var bytes = new byte[read.Long()];
        read(bytes);
        return bytes;
    }

    public static void Text(this SnapshotWriter write, string text) =>
        write.Bytes(Encoding.UTF8.GetBytes(text));

    public static string Text(this SnapshotReader read) => Encoding.UTF8.GetString(read.Bytes());
}
