using Microsoft.Win32.SafeHandles;

namespace Settle.Index;

/// <summary>A file on a disk.</summary>
internal sealed class DiskRunFile(SafeFileHandle file) : IRunFile
{
    public long Length => RandomAccess.GetLength(file);

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(file, bytes, offset);

    public void Dispose() => file.Dispose();
}
