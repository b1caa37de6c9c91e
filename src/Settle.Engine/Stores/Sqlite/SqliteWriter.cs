namespace Settle.Stores.Sqlite;

/// <summary>The one connection of a store that writes. One create at a time.</summary>
internal sealed class SqliteWriter(string path, TimeSpan busyTimeout) : IDisposable
{
    private readonly Lock gate = new();
    private Session? session;
    private string? doubtful;
    private bool disposed;

    /// <summary>Opens the file, which makes it a ledger file if it is new.</summary>
    /// <returns>False when it can be opened for reading only.</returns>
    public bool Open(SqliteAccess access)
    {
        lock (gate)
            return (session ??= Connect(access)) is not null;
    }

    /// <summary>Creates a document, durably.</summary>
    public CreateOutcome Create(string id, ReadOnlySpan<byte> body)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
            try
            {
                return Write(id, body);
            }
            catch (SqliteException error)
            {
                RollBack(error);
                throw Outcome(id, error, SqliteErrors.Translate(error, path));
            }
            catch (StoreUnavailableException error)
            {
                Disconnect();
                throw Outcome(id, error, error);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            _ = session?.Connection.Checkpoint();
            Disconnect();
        }
    }

    private CreateOutcome Write(string id, ReadOnlySpan<byte> body)
    {
        // A deleted file would still take writes that nobody could ever read.
        if (!File.Exists(path))
            throw SqliteErrors.Gone(path);
        session ??= Connect(SqliteAccess.ReadWrite) ?? throw SqliteErrors.ReadOnly(path);
        session.Begin.Run();
        if (!session.Insert(id, body))
        {
            session.Rollback.Run();
            return CreateOutcome.Exists;
        }
        try
        {
            session.Commit.Run();
        }
        catch (SqliteException error) when (!error.NothingCommitted)
        {
            doubtful = id;
            throw;
        }
        doubtful = null;
        return CreateOutcome.Created;
    }

    /// <summary>Leaves nothing half done, so that the next create starts afresh.</summary>
    private void RollBack(SqliteException error)
    {
        try
        {
            if (session?.Connection.InTransaction == true)
                session.Rollback.Run();
            // A full disk has no room for what a new connection needs, so this one is kept.
            if (!error.NothingCommitted || error.IsAccess)
                Disconnect();
        }
        catch (SqliteException)
        {
            Disconnect();
        }
    }

    /// <summary>
    /// The log may still hold a write whose commit failed, until another one takes its place. As
    /// long as that is so, no later failure can promise that nothing of it will ever be seen.
    /// </summary>
    private Exception Outcome(string id, Exception cause, Exception meaning) =>
        doubtful == id ? new WriteOutcomeUnknownException(id, cause) : meaning;

    private Session? Connect(SqliteAccess access)
    {
        var connection = SqliteConnection.Open(path, access, busyTimeout);
        try
        {
            if (!connection.IsReadOnly)
            {
                connection.Execute("PRAGMA synchronous=FULL");
                SqliteFormat.Ensure(connection, path);
                return new Session(connection);
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        connection.Dispose();
        return null;
    }

    /// <summary>Closing rolls back what is open.</summary>
    private void Disconnect()
    {
        session?.Connection.Dispose();
        session = null;
    }

    private sealed class Session
    {
        private readonly SqliteStatement insert;

        public Session(SqliteConnection connection)
        {
            Connection = connection;
            // 32 MB: rare enough to cost little; a start after a crash reads it in no time.
            connection.Execute("PRAGMA wal_autocheckpoint=2000");
            connection.Execute("PRAGMA journal_size_limit=67108864");
            // Room for a whole block, so that it goes to the log once, at the commit.
            connection.Execute("PRAGMA cache_size=-10000");
            Begin = connection.Prepare("BEGIN IMMEDIATE");
            Commit = connection.Prepare("COMMIT");
            Rollback = connection.Prepare("ROLLBACK");
            insert = connection.Prepare("INSERT INTO documents (id, body) VALUES (?1, ?2)");
        }

        public SqliteConnection Connection { get; }

        public SqliteStatement Begin { get; }

        public SqliteStatement Commit { get; }

        public SqliteStatement Rollback { get; }

        /// <summary>False when the id is there already.</summary>
        public bool Insert(string id, ReadOnlySpan<byte> body)
        {
            const int primaryKeyTaken = 1555;
            Span<byte> key = stackalloc byte[DocumentIds.BytesMax];
            try
            {
                insert.BindText(1, DocumentIds.Encode(id, key));
                insert.BindBlob(2, body);
                insert.Step();
                return true;
            }
            catch (SqliteException error) when (error.Code == primaryKeyTaken)
            {
                return false;
            }
            finally
            {
                insert.Reset();
            }
        }
    }
}
