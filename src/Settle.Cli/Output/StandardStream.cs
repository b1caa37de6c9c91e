namespace Settle.Cli;

/// <summary>
/// Standard output or standard error: a terminal, a pipe that may be closed at its other end, or a
/// file on a disk that may be full.
/// </summary>
/// <param name="output">Where it really goes.</param>
/// <param name="failed">What happens when it cannot be written.</param>
internal sealed class StandardStream(Stream output, Action<IOException> failed) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StandardStream Output() => new(Console.OpenStandardOutput(), static fault =>
        throw new IOException($"standard output cannot be written: {fault.Message}; what the "
            + "command did stays done, and a request with the same --id shows it", fault));

    /// <summary>
    /// What cannot be written to standard error cannot be said anywhere: the command goes on, and
    /// its exit status still tells how it ended.
    /// </summary>
    public static StandardStream Error() => new(Console.OpenStandardError(), static _ => { });

    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (IOException fault)
        {
            failed(fault);
        }
    }

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
