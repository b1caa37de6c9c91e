namespace Settle.Stores.Sqlite;

/// <summary>A connection that reads documents. Used by one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteStatement one;
    private readonly SqliteStatement range;
    private readonly SqliteStatement any;
    private readonly SqliteStatement first;
    private readonly SqliteStatement last;

    private SqliteReader(SqliteConnection connection, bool noticesWriters)
    {
        this.connection = connection;
        NoticesWriters = noticesWriters;
        one = connection.Prepare("SELECT body FROM documents WHERE id = ?1");
        any = connection.Prepare("SELECT 1 FROM documents WHERE id = ?1");
        first = connection.Prepare("SELECT id, body FROM documents ORDER BY id LIMIT 1");
        last = connection.Prepare("SELECT id, body FROM documents ORDER BY id DESC LIMIT 1");
        range = connection.Prepare(
            "SELECT id, body FROM documents WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3");
    }

    /// <summary>False when it must not be used again: it would miss later writes.</summary>
    public bool NoticesWriters { get; }

    public static SqliteReader Open(LedgerFile file, TimeSpan busyTimeout)
    {
        try
        {
            return Open(file, SqliteAccess.ReadOnly, busyTimeout);
        }
        catch (SqliteException error) when (error.IsAccess && File.Exists(file.Path))
        {
            var path = file.Path;
            // The log cannot be opened in a directory that is read-only. Where there is none,
            // nothing in it is missed.
            var log = new FileInfo(path + "-wal");
            if (log.Exists && log.Length > 0)
                throw SqliteErrors.Unavailable(
                    $"{path} was not closed and its directory is read-only: make it writable",
                    error);
            return Open(file, SqliteAccess.Immutable, busyTimeout);
        }
    }

    public Document? Get(string id)
    {
        Span<byte> key = stackalloc byte[DocumentIds.BytesMax];
        try
        {
            one.BindText(1, DocumentIds.Encode(id, key));
            return one.Step() ? new Document(id, one.Blob(0).ToArray()) : null;
        }
        finally
        {
            one.Reset();
        }
    }

    /// <summary>The document with the smallest id; null when there is none.</summary>
    public Document? First() => AtEnd(first);

    /// <summary>The document with the greatest id; null when there is none.</summary>
    public Document? Last() => AtEnd(last);

    public bool Has(string id)
    {
        Span<byte> key = stackalloc byte[DocumentIds.BytesMax];
        try
        {
            any.BindText(1, DocumentIds.Encode(id, key));
            return any.Step();
        }
        finally
        {
            any.Reset();
        }
    }

    public List<Document> Read(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        var documents = new List<Document>();
        Span<byte> key = stackalloc byte[DocumentIds.BytesMax];
        try
        {
            range.BindText(1, DocumentIds.Encode(idFrom, key));
            range.BindText(2, DocumentIds.Encode(idTo, key));
            range.BindInteger(3, limit);
            while (range.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                documents.Add(new Document(range.Text(0), range.Blob(1).ToArray()));
            }
            return documents;
        }
        finally
        {
            range.Reset();
        }
    }

    public List<string> FindDamage()
    {
        var damage = new List<string>();
        using var check = connection.Prepare("PRAGMA integrity_check(10)");
        while (check.Step())
            if (check.Text(0) is var line and not "ok")
                damage.Add(line);
        return damage;
    }

    public void Dispose() => connection.Dispose();

    private static Document? AtEnd(SqliteStatement statement)
    {
        try
        {
            return statement.Step()
                ? new Document(statement.Text(0), statement.Blob(1).ToArray()) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static SqliteReader Open(LedgerFile file, SqliteAccess access, TimeSpan busyTimeout)
    {
        var connection = SqliteConnection.Open(file, access, busyTimeout);
        try
        {
            if (!SqliteFormat.IsReady(connection, file.Path))
                throw SqliteErrors.Empty(file.Path);
            return new SqliteReader(connection, access != SqliteAccess.Immutable);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
