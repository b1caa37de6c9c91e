using Settle.Index;

namespace Settle.Simulation;

/// <summary>A file of an <see cref="IndexDisk"/>, also after it was deleted there.</summary>
internal sealed class SimulatedRunFile(DiskFile file) : IRunFile
{
    public long Length => file.Length;

    public int Read(Span<byte> bytes, long offset)
    {
        if (offset >= file.Length) return 0;
        var rest = file.Bytes.Span[(int)offset..];
        var count = int.Min(rest.Length, bytes.Length);
        rest[..count].CopyTo(bytes);
        return count;
    }

    public void Dispose()
    {
        // Nothing is held open: memory needs no handles.
    }
}
