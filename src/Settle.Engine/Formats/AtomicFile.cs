namespace Settle.Formats;

/// <summary>A file that appears whole under its name, or not at all.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _isCommitted;

    /// <exception cref="InvalidRequestException">The file cannot be written there.</exception>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        _temporary = $"{_path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write,
                FileShare.None, 64 * 1024);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("output", $"cannot write {path}: {e.Message}");
        }
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name once it is on the disk.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted) File.Delete(_temporary);
    }
}
