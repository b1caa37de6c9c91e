namespace Settle.Simulation;

/// <summary>Writes a file's end, or all of it again.</summary>
internal sealed class FileWriter(IndexDisk disk, DiskFile file) : Stream
{
    private bool _rewrites;

    public DiskFile File { get; } = file;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => File.Length;

    public override long Position
    {
        get => File.Length;
        set
        {
            if (value != 0) throw new NotSupportedException();
            disk.CheckRoom();
            _rewrites = true;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        disk.CheckRoom();
        if (_rewrites) File.Overwrite(buffer);
        else File.Append(buffer);
        _rewrites = false;
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    // What is written is seen by other processes at once.
    public override void Flush() => disk.CheckRoom();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
