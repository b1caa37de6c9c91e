namespace Settle.Stores.Sqlite;

/// <summary>Documents in one SQLite file, which any number of processes may use at once.</summary>
internal sealed class SqliteStore : IStore, IFollowable
{
    // On a disk with less room it is worth a write to find out whether it takes any.
    private const long RoomBytes = 1024 * 1024;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    private static readonly Lock Making = new();

    private readonly LedgerFile file;
    private readonly SqliteWriter? writer;
    private readonly SqliteReaders readers;
    private bool disposed;

    private SqliteStore(LedgerFile file, bool writes)
    {
        this.file = file;
        readers = new SqliteReaders(file, BusyTimeout);
        writer = writes ? new SqliteWriter(file, BusyTimeout) : null;
    }

    public string Location => file.Path;

    public bool KeepsBytes => true;

    public bool IsFollowed => writer is not null;

    public TimeSpan SilenceMax => TimeSpan.FromSeconds(1);

    /// <summary>Opens a ledger file. One that cannot be written opens for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="opening">Whether it may be made or written.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">
    /// Absent, foreign, locked, or a file of several names.
    /// </exception>
    /// <exception cref="StoreCorruptException">Damaged.</exception>
    public static async Task<SqliteStore> OpenAsync(string path,
        SqliteAccess opening = SqliteAccess.ReadWriteCreate,
        CancellationToken cancellation = default)
    {
        var file = LedgerFile.At(path);
        var isMade = Prepare(file.Path, opening);
        var store = new SqliteStore(file, opening != SqliteAccess.ReadOnly);
        try
        {
            await store.ConnectAsync(opening, cancellation);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            // Nobody finds an empty file where none could be made: on a full disk, for example.
            if (isMade && new FileInfo(file.Path) is { Exists: true, Length: 0 } empty)
                empty.Delete();
            throw;
        }
    }

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<CreateOutcome>(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (writer is null)
                throw SqliteErrors.ReadOnly(Location);
            readers.Check();
            var outcome = writer.Create(id, body.Span);
            if (outcome != CreateOutcome.Created) return new(outcome);
            readers.Check();
            readers.NoteFirst(new Document(id, body));
            return new(outcome);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<CreateOutcome>(error);
        }
    }

    public bool KeepsCopies => true;

    public ValueTask CreateAllAsync(
        IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (writer is null) throw SqliteErrors.ReadOnly(Location);
            writer.CreateAll(documents);
            return default;
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Answer<IReadOnlyList<Document>>(reader =>
        {
            var found = reader.Read(idFrom, idTo, limit, cancellation);
            if (found.Count == 0) return found;
            writer?.NoteRead(found[^1].Id);
            readers.NoteFirst(found[0]);
            return found;
        }, cancellation);
    }

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        Answer(reader => reader.Get(id), cancellation);

    public ValueTask CheckAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        writer?.Check(readers);
        return default;
    }

    public async ValueTask ProbeAsync(bool hasFailed, CancellationToken cancellation)
    {
        await CheckAsync(cancellation).ConfigureAwait(false);
        if (writer is null) throw SqliteErrors.ReadOnly(Location);
        if (hasFailed || new DriveInfo(Location).AvailableFreeSpace < RoomBytes) writer.Probe();
    }

    public Task FollowAsync(Action<string?> onDocument, CancellationToken cancellation) =>
        writer is null ? Task.CompletedTask
            : LogWatch.FollowAsync(file, () => onDocument(null), cancellation);

    public ISideDocuments OpenSideDocuments(bool isReadOnly) =>
        new SqliteSideDocuments(file, isReadOnly);

    public string? IndexPath(string? cacheFolder) => Location + ".index";

    /// <summary>
    /// What the file's own structure has wrong, a few lines at most; empty when all is well.
    /// </summary>
    public IEnumerable<string> FindDamage()
    {
        try
        {
            return readers.Use(reader => reader.FindDamage());
        }
        catch (StoreCorruptException error)
        {
            return [error.Message];
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return ValueTask.CompletedTask;
        readers.Dispose();
        writer?.Dispose();
        return ValueTask.CompletedTask;
    }

    // Says whether it made the file. One at a time, and before SQLite opens it: a file that is
    // closed here would lose the locks that a connection of this process has on it.
    private static bool Prepare(string path, SqliteAccess opening)
    {
        lock (Making)
        {
            CheckPath(path, opening);
            if (opening != SqliteAccess.ReadWriteCreate || File.Exists(path)) return false;
            try
            {
                PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite)
                    .Dispose();
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process was faster, or nobody can make it: SQLite says why.
                return false;
            }
        }
    }

    private static void CheckPath(string path, SqliteAccess opening)
    {
        var directory = Path.GetDirectoryName(path);
        if (Directory.Exists(path) || directory is null)
            throw new StoreUnavailableException($"{path} is a directory: name a file in it");
        if (!Directory.Exists(directory))
            throw new StoreUnavailableException(
                $"there is no directory {directory}: make it first");
        if (opening != SqliteAccess.ReadWriteCreate && !File.Exists(path))
            throw new StoreUnavailableException($"there is no file {path}: check the name");
        // What a failed init leaves behind, on a full disk for example.
        if (opening == SqliteAccess.ReadWrite && new FileInfo(path).Length == 0)
            throw SqliteErrors.Empty(path);
    }

    private async Task ConnectAsync(SqliteAccess opening, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Connect(opening == SqliteAccess.ReadOnly ? SqliteAccess.ReadWrite : opening);
                return;
            }
            catch (SqliteException error) when (error.IsBusy &&
                TimeProvider.System.GetElapsedTime(started) < BusyTimeout)
            {
                // SQLite does not wait for the lock by itself while a new file gets its log.
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
            catch (SqliteException error)
            {
                throw SqliteErrors.Translate(error, Location);
            }
        }
    }

    private void Connect(SqliteAccess access)
    {
        try
        {
            if (writer is not null && writer.Open(access))
                return;
        }
        catch (SqliteException error) when (error.IsAccess && File.Exists(Location))
        {
            TryReading(error);
            return;
        }
        readers.Use(_ => true);
    }

    private void TryReading(SqliteException writing)
    {
        try
        {
            readers.Use(_ => true);
        }
        catch (StoreUnavailableException)
        {
            throw writing;
        }
    }

    private ValueTask<T> Answer<T>(Func<SqliteReader, T> read, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellation);
        try
        {
            return new(readers.Use(read));
        }
        catch (Exception error)
        {
            return ValueTask.FromException<T>(error);
        }
    }
}
