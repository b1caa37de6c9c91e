using System.Collections.Concurrent;

namespace Settle.Stores.Sqlite;

/// <summary>A few readers, so that reads neither wait for each other nor for the writer.</summary>
internal sealed class SqliteReaders(LedgerFile file, TimeSpan busyTimeout) : IDisposable
{
    private const int IdleMax = 4;

    private readonly ConcurrentQueue<SqliteReader> idle = new();
    private readonly FileContent content = new(file, busyTimeout);
    private volatile bool disposed;

    /// <summary>Reads with a reader that nobody else uses meanwhile.</summary>
    public T Use<T>(Func<SqliteReader, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
        SqliteReader? reader = null;
        try
        {
            if (!idle.TryDequeue(out reader))
                reader = SqliteReader.Open(file, busyTimeout);
            var result = read(reader);
            content.Check();
            if (reader.NoticesWriters && idle.Count < IdleMax && !disposed)
            {
                idle.Enqueue(reader);
                reader = null;
            }
            return result;
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, file.Path);
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>Makes sure that the file was not overwritten in its place.</summary>
    public void Check()
    {
        try
        {
            content.Check();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, file.Path);
        }
    }

    /// <inheritdoc cref="FileContent.NoteFirst"/>
    public void NoteFirst(in Document document) => content.NoteFirst(document);

    public void Dispose()
    {
        disposed = true;
        while (idle.TryDequeue(out var reader))
            reader.Dispose();
    }
}
