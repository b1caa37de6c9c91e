namespace Settle.Index;

/// <summary>A file that is read at any place, by any number of threads.</summary>
internal interface IRunFile : IDisposable
{
    long Length { get; }

    /// <returns>How many bytes were read; 0 at the end of the file.</returns>
    int Read(Span<byte> bytes, long offset);
}
