using Settle.Stores;

namespace Settle.Import;

/// <summary>A file that is read twice: once to check it, once to send it.</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly FileStream _stream;

    private ImportFile(string name, FileStream stream) => (Name, _stream) = (name, stream);

    /// <summary>The name that messages use.</summary>
    public string Name { get; }

    public long Length => _stream.Length;

    /// <summary>Opens a file; see <see cref="ReadAsync"/>.</summary>
    /// <exception cref="InvalidRequestException">It cannot be read, or is not CSV.</exception>
    public static async Task<ImportFile> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite, 1, FileOptions.SequentialScan);
            return await ReadAsync(path, stream, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("file", $"cannot read {path}: {e.Message}");
        }
    }

    /// <summary>
    /// Takes in a stream. One that is packed by gzip is unpacked into a temporary file, and one
    /// that cannot be read twice (a pipe) is copied into one, which goes when this is disposed.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is cut, damaged or not CSV.</exception>
    public static async Task<ImportFile> ReadAsync(string name, Stream input,
        CancellationToken cancellation)
    {
        var stream = input as FileStream;
        try
        {
            var head = new byte[FileSignature.Length];
            var length = await input.ReadAtLeastAsync(
                head, head.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            if (Gzip.Is(head.AsSpan(0, length)) || stream is not { CanSeek: true })
            {
                stream = Spool();
                if (Gzip.Is(head.AsSpan(0, length)))
                {
                    Gzip.Unpack(name, head.AsSpan(0, length), input, stream, cancellation);
                }
                else
                {
                    await stream.WriteAsync(head.AsMemory(0, length), cancellation)
                        .ConfigureAwait(false);
                    await input.CopyToAsync(stream, cancellation).ConfigureAwait(false);
                }
                await input.DisposeAsync().ConfigureAwait(false);
                stream.Position = 0;
                length = await stream.ReadAtLeastAsync(head, head.Length,
                    throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            }
            FileSignature.Check(name, head.AsSpan(0, length));
            return new ImportFile(name, stream);
        }
        catch
        {
            await input.DisposeAsync().ConfigureAwait(false);
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static FileStream Spool() => PrivateFile.Open(
        Path.Combine(Path.GetTempPath(), "settle-" + Path.GetRandomFileName()),
        FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
        FileOptions.DeleteOnClose);

    /// <summary>How far reading it has come.</summary>
    public WorkProgress At(long offset, string phase) =>
        new(offset, Length, $"{phase} {Path.GetFileName(Name)}");

    /// <summary>Reads it from its beginning.</summary>
    public CsvFile OpenCsv()
    {
        _stream.Position = 0;
        return new CsvFile(_stream, leaveOpen: true);
    }

    /// <summary>Its columns; none if the header is faulty, which whoever reads it says.</summary>
    public IReadOnlyList<string> ReadHeader()
    {
        using var file = OpenCsv();
        try
        {
            file.ReadHeader();
            return file.Header;
        }
        catch (CsvFaultException)
        {
            return [];
        }
    }

    /// <summary>
    /// Tells by its header what it is about. A file that names customers is of subscriptions when
    /// it names those, or says when something without an id starts; of open invoices when it has
    /// their numbers and says when they are due or what is open; of quotes when it names those; of
    /// charges when it describes something, else of customers themselves. Any other is of
    /// transfers, even one whose header is faulty. Other words for columns count, so that the error
    /// is about the file that is meant.
    /// </summary>
    public CsvFileKind ReadKind()
    {
        var columns = ReadHeader();
        if (!Has("customer") || Has("from")) return CsvFileKind.Transfers;
        if (Has("subscription") || (Has("start") && !Has("id"))) return CsvFileKind.Subscriptions;
        if (Has("quote")) return CsvFileKind.Quotes;
        if (Has("number") && (Has("due") || Has("open"))) return CsvFileKind.Openings;
        return Has("name") && !Has("description") ? CsvFileKind.Customers : CsvFileKind.Charges;

        bool Has(string name) => columns.Any(column => ColumnWords.Means(column, name));
    }

    public void Dispose() => _stream.Dispose();
}
