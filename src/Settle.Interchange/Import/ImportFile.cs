using System.IO.Compression;

namespace Settle.Import;

/// <summary>A file that is read twice: once to check it, once to send it.</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly FileStream _stream;

    private ImportFile(string name, FileStream stream) => (Name, _stream) = (name, stream);

    /// <summary>The name that messages use.</summary>
    public string Name { get; }

    public long Length => _stream.Length;

    /// <summary>
    /// Opens a file. One that is packed by gzip is unpacked into a temporary one, and one that
    /// cannot be read twice (a pipe) is copied.
    /// </summary>
    /// <exception cref="InvalidRequestException">It cannot be read.</exception>
    public static async Task<ImportFile> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite, 1, FileOptions.SequentialScan);
            var isPacked = stream.CanSeek && IsPacked(stream);
            if (stream.CanSeek && !isPacked) return new ImportFile(path, stream);
            await using Stream input = isPacked
                ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            return await SpoolAsync(path, input, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is IOException or InvalidDataException or UnauthorizedAccessException)
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

    /// <summary>How far reading it has come.</summary>
    public WorkProgress At(long offset, string phase) =>
        new(offset, Length, $"{phase} {Path.GetFileName(Name)}");

    /// <summary>Reads it from its beginning.</summary>
    public CsvFile OpenCsv()
    {
        _stream.Position = 0;
        return new CsvFile(_stream, leaveOpen: true);
    }

    /// <summary>
    /// Tells by its header what it is about. A file that names customers is of subscriptions when
    /// it says when they start, of charges when it describes something, else of customers
    /// themselves; any other is of transfers, even one whose header is faulty.
    /// </summary>
    public CsvFileKind ReadKind()
    {
        using var file = OpenCsv();
        try
        {
            file.ReadHeader();
        }
        catch (CsvFaultException)
        {
            // Whoever reads the file says what is wrong with it.
            return CsvFileKind.Transfers;
        }
        if (file.Find("customer") < 0 || file.Find("from") >= 0) return CsvFileKind.Transfers;
        if (file.Find("start") >= 0) return CsvFileKind.Subscriptions;
        return file.Find("name") >= 0 && file.Find("description") < 0
            ? CsvFileKind.Customers : CsvFileKind.Charges;
    }

    public void Dispose() => _stream.Dispose();

    // Every gzip file begins with these two bytes, and no CSV file does.
    private static bool IsPacked(FileStream stream)
    {
        Span<byte> start = stackalloc byte[2];
        var isPacked = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2
            && start.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        stream.Position = 0;
        return isPacked;
    }
}
