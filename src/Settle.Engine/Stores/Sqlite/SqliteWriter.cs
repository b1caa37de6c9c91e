namespace Settle.Stores.Sqlite;

/// <summary>The one connection of a store that writes. One create at a time.</summary>
internal sealed class SqliteWriter(LedgerFile file, TimeSpan busyTimeout) : IDisposable
{
    private readonly Lock gate = new();
    private Session? session;
    private string? doubtful;

    // What this writer wrote last: it must still be there when it writes again.
    private string? newest;
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
                throw Outcome(id, error, SqliteErrors.Translate(error, file.Path));
            }
            catch (StoreUnavailableException error)
            {
                Disconnect();
                throw Outcome(id, error, error);
            }
            catch (StoreCorruptException)
            {
                if (session?.Connection.InTransaction == true) session.Rollback.Run();
                throw;
            }
        }
    }

    /// <summary>Creates documents, durably; those that are there stay as they are.</summary>
    public void CreateAll(IReadOnlyList<Document> documents)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
            try
            {
                file.Check();
                session ??= Connect(SqliteAccess.ReadWrite)
                    ?? throw SqliteErrors.ReadOnly(file.Path);
                session.Begin.Run();
                file.Check();
                foreach (var (id, body) in documents)
                    if (!session.Has(id)) session.Insert(id, body.Span);
                session.Commit.Run();
                CheckCommitted();
            }
            catch (SqliteException error)
            {
                RollBack(error);
                throw SqliteErrors.Translate(error, file.Path);
            }
            catch (StoreUnavailableException)
            {
                Disconnect();
                throw;
            }
        }
    }

    /// <summary>A block was read: it must still be there when the next one is written.</summary>
    public void NoteRead(string id)
    {
        if (BlockId.Parse(id) is null) return;
        lock (gate)
            if (string.CompareOrdinal(id, newest) > 0) newest = id;
    }

    /// <summary>Makes sure that the file is in its place and holds what it held.</summary>
    /// <param name="readers">To look with.</param>
    public void Check(SqliteReaders readers)
    {
        file.Check();
        if (Volatile.Read(ref newest) is { } id && !readers.Use(reader => reader.Has(id)))
            throw SqliteErrors.SetBack(file.Path, id);
    }

    /// <summary>Makes sure that the disk takes writes, by one that changes nothing.</summary>
    public void Probe()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
            try
            {
                file.Check();
                session ??= Connect(SqliteAccess.ReadWrite)
                    ?? throw SqliteErrors.ReadOnly(file.Path);
                session.Connection.Execute(SqliteFormat.SameVersion);
            }
            catch (SqliteException error)
            {
                RollBack(error);
                throw SqliteErrors.Translate(error, file.Path);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            if (IsWhole()) _ = session?.Connection.Checkpoint();
            Disconnect();
        }
    }

    private CreateOutcome Write(string id, ReadOnlySpan<byte> body)
    {
        if (session is null)
        {
            file.Check();
            session = Connect(SqliteAccess.ReadWrite) ?? throw SqliteErrors.ReadOnly(file.Path);
        }
        session.Begin.Run();
        // A file that is not in its place would still take writes that nobody could ever read.
        file.CheckUnlessRecent();
        if (newest is not null && !session.Has(newest))
            throw SqliteErrors.SetBack(file.Path, newest);
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
        CheckCommitted();
        newest = id;
        return CreateOutcome.Created;
    }

    /// <summary>Whoever is told that it was created must find it at its path.</summary>
    private void CheckCommitted()
    {
        try
        {
            file.Check();
        }
        catch (StoreUnavailableException error)
        {
            throw new StoreCorruptException(error.Message, error);
        }
    }

    private bool IsWhole()
    {
        try
        {
            file.Check();
            return true;
        }
        catch (SettleException)
        {
            return false;
        }
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
        var connection = SqliteConnection.Open(file, access, busyTimeout);
        try
        {
            if (!connection.IsReadOnly)
            {
                connection.Execute("PRAGMA synchronous=FULL");
                SqliteFormat.Ensure(connection, file.Path);
                file.NoteOpen();
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
        if (session is null) return;
        session.Connection.Dispose();
        session = null;
        file.NoteClosed();
    }

    private sealed class Session
    {
        private readonly SqliteStatement insert;
        private readonly SqliteStatement find;

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
            find = connection.Prepare("SELECT 1 FROM documents WHERE id = ?1");
            insert = connection.Prepare("INSERT INTO documents (id, body) VALUES (?1, ?2)");
        }

        public SqliteConnection Connection { get; }

        public SqliteStatement Begin { get; }

        public SqliteStatement Commit { get; }

        public SqliteStatement Rollback { get; }

        public bool Has(string id)
        {
            Span<byte> key = stackalloc byte[DocumentIds.BytesMax];
            try
            {
                find.BindText(1, DocumentIds.Encode(id, key));
                return find.Step();
            }
            finally
            {
                find.Reset();
            }
        }

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
