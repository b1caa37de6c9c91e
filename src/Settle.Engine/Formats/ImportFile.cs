namespace Settle.Formats;

/// <summary>A file that is read twice: once to check it, once to send it.</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly FileStream _stream;

    private ImportFile(string name, FileStream stream) => (Name, _stream) = (name, stream);

    /// <summary>The name that messages use.</summary>
    public string Name { get; }

    public long Length => _stream.Length;

    /// <summary>Opens a file; one that cannot be read twice (a pipe) is copied to a temporary
    /// one.</summary>
    /// <exception cref="InvalidRequestException">There is no such file, or it cannot be
    /// read.</exception>
    public static async Task<ImportFile> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite, 1, FileOptions.SequentialScan);
            if (stream.CanSeek) return new ImportFile(path, stream);
            await using (stream)
                return await SpoolAsync(path, stream, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("file", $"cannot read {path}: {e.Message}");
        }
    }

    /// <summary>Copies a stream to a temporary file, which goes when this is disposed.</summary>
    public static async Task<ImportFile> SpoolAsync(string name, Stream input,
        CancellationToken cancellation)
    {
        var path = Path.Combine(Path.GetTempPath(), "settle-" + Path.GetRandomFileName());
        var spool = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, 1, FileOptions.DeleteOnClose);
        try
        {
            await input.CopyToAsync(spool, cancellation).ConfigureAwait(false);
            return new ImportFile(name, spool);
        }
        catch
        {
            await spool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads it from its beginning.</summary>
    public CsvFile OpenCsv()
    {
        _stream.Position = 0;
        return new CsvFile(_stream, leaveOpen: true);
    }

    public void Dispose() => _stream.Dispose();
}
