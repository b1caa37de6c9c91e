using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Settle.Stores.Sqlite;

/// <summary>Side documents in a table of their own, in the ledger's file.</summary>
internal sealed class SqliteSideDocuments(LedgerFile file, bool isReadOnly) : ISideDocuments
{
    private const int PageRows = 500;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    // Who reads does not wait for the disk.
    private readonly GuardedConnection _reading = new(() => Connect(file, isReadOnly));
    private readonly GuardedConnection _writing = new(() => Connect(file, isReadOnly));

    // Documents that wait for the one that is being written: they share the next sync.
    private readonly ConcurrentQueue<Waiting> _waiting = [];
    private readonly SemaphoreSlim _turn = new(1);
    private SqliteStatement? _select;
    private bool _hasTable;

    public async Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mine = new Waiting(documents, new TaskCompletionSource());
        _waiting.Enqueue(mine);
        // The disk is not waited for here, so that a caller can send more, which share its sync.
        await Task.Run(() => WriteInTurnAsync(mine), CancellationToken.None).ConfigureAwait(false);
        await mine.Answer.Task.ConfigureAwait(false);
    }

    public async Task<ReadOnlyMemory<byte>> ClaimAsync(
        Document document, CancellationToken cancellation)
    {
        await CreateAsync([document], cancellation).ConfigureAwait(false);
        return (await GetAsync(document.Id, CancellationToken.None).ConfigureAwait(false))!.Value;
    }

    public async Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation)
    {
        var isThere = false;
        await WriteAsync(connection =>
        {
            using (var select = connection.Prepare("SELECT body FROM papers WHERE id = ?1"))
            {
                select.BindText(1, Encoding.UTF8.GetBytes(document.Id));
                isThere = select.Step() && select.Blob(0).SequenceEqual(damaged.Span);
            }
            if (!isThere) return;
            using var update = connection.Prepare("UPDATE papers SET body = ?2 WHERE id = ?1");
            update.BindText(1, Encoding.UTF8.GetBytes(document.Id));
            update.BindBlob(2, document.Body.Span);
            update.Run();
        }, cancellation).ConfigureAwait(false);
        return isThere;
    }

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation) =>
        ReadAsync<ReadOnlyMemory<byte>?>(connection =>
        {
            // A null array would become a memory that is empty, and not none.
            ReadOnlyMemory<byte>? found = null;
            if (BodyOf(connection, id) is { } body) found = body;
            return found;
        }, cancellation);

    public async Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        await ReadAsync(connection =>
        {
            var found = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
            foreach (var id in ids)
                if (BodyOf(connection, id) is { } body) found[id] = body;
            return found;
        }, cancellation).ConfigureAwait(false) ?? [];

    public async IAsyncEnumerable<Document> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var after = prefix; ;)
        {
            var page = await ReadAsync(connection => Page(connection, after, prefix + "\U0010FFFF"),
                cancellation).ConfigureAwait(false);
            foreach (var document in page ?? []) yield return document;
            if (page is null || page.Count < PageRows) yield break;
            after = page[^1].Id;
        }
    }

    public async Task EraseAsync(string id, CancellationToken cancellation)
    {
        await WriteAsync(connection =>
        {
            using var delete = connection.Prepare("DELETE FROM papers WHERE id = ?1");
            delete.BindText(1, Encoding.UTF8.GetBytes(id));
            delete.Run();
        }, cancellation).ConfigureAwait(false);
        // The log still has it, as it was written.
        file.Check();
        if (!await UseAsync(_writing, static connection => connection.EmptyLog(),
            CancellationToken.None).ConfigureAwait(false))
        {
            throw new StoreUnavailableException($"{file.Path}: what was erased is still in the "
                + "file's log, because others use it all the time; erase it again a little later");
        }
    }

    public async Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        await ReadAsync(connection =>
        {
            using var select = connection.Prepare("SELECT 1 FROM papers WHERE id = ?1");
            return ids.Where(id =>
            {
                select.BindText(1, Encoding.UTF8.GetBytes(id));
                var isThere = select.Step();
                select.Reset();
                return isThere;
            }).ToHashSet(StringComparer.Ordinal);
        }, cancellation).ConfigureAwait(false) ?? [];

    public ValueTask DisposeAsync()
    {
        _reading.Dispose();
        _writing.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[]? BodyOf(SqliteConnection connection, string id)
    {
        var select = _select ??= connection.Prepare("SELECT body FROM papers WHERE id = ?1");
        try
        {
            select.BindText(1, Encoding.UTF8.GetBytes(id));
            return select.Step() ? select.Blob(0).ToArray() : null;
        }
        finally
        {
            select.Reset();
        }
    }

    private async Task WriteInTurnAsync(Waiting mine)
    {
        if (mine.Answer.Task.IsCompleted) return;
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!mine.Answer.Task.IsCompleted) await WriteWaitingAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteWaitingAsync()
    {
        var taken = new List<Waiting>();
        while (_waiting.TryDequeue(out var next)) taken.Add(next);
        try
        {
            await WriteAsync(connection => Insert(connection, taken), CancellationToken.None)
                .ConfigureAwait(false);
            taken.ForEach(each => each.Answer.SetResult());
        }
        catch (Exception e)
        {
            taken.ForEach(each => each.Answer.SetException(e));
        }
    }

    private static void Insert(SqliteConnection connection, List<Waiting> taken)
    {
        using var insert = connection.Prepare(
            "INSERT INTO papers (id, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        foreach (var document in taken.SelectMany(each => each.Documents))
        {
            insert.BindText(1, Encoding.UTF8.GetBytes(document.Id));
            insert.BindBlob(2, document.Body.Span);
            insert.Run();
        }
    }

    private static List<Document> Page(SqliteConnection connection, string after, string last)
    {
        using var select = connection.Prepare(
            "SELECT id, body FROM papers WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3");
        select.BindText(1, Encoding.UTF8.GetBytes(after));
        select.BindText(2, Encoding.UTF8.GetBytes(last));
        select.BindInteger(3, PageRows);
        var page = new List<Document>();
        while (select.Step())
            page.Add(new Document(select.Text(0), select.Blob(1).ToArray()));
        return page;
    }

    private Task<T?> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation) =>
        UseAsync(_reading, connection =>
        {
            _hasTable = _hasTable || HasTable(connection);
            return _hasTable ? read(connection) : default;
        }, cancellation);

    private Task<bool> WriteAsync(Action<SqliteConnection> write, CancellationToken cancellation) =>
        UseAsync(_writing, connection =>
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                file.Check();
                connection.Execute(
                    "CREATE TABLE IF NOT EXISTS papers (id TEXT PRIMARY KEY, body BLOB NOT NULL)");
                write(connection);
                connection.Execute("COMMIT");
                file.Check();
            }
            finally
            {
                if (connection.InTransaction) connection.Execute("ROLLBACK");
            }
            return true;
        }, cancellation);

    private Task<T> UseAsync<T>(GuardedConnection connection, Func<SqliteConnection, T> use,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            file.Check();
            return Task.FromResult(connection.Use(use));
        }
        catch (SqliteException e)
        {
            return Task.FromException<T>(SqliteErrors.Translate(e, file.Path));
        }
        catch (SettleException e)
        {
            return Task.FromException<T>(e);
        }
    }

    private static SqliteConnection Connect(LedgerFile file, bool isReadOnly)
    {
        var connection = SqliteConnection.Open(file,
            isReadOnly ? SqliteAccess.ReadOnly : SqliteAccess.ReadWrite, BusyTimeout);
        if (!isReadOnly)
        {
            connection.Execute("PRAGMA synchronous=FULL");
            // What is freed is overwritten, or an erased name would stay in the file.
            connection.Execute("PRAGMA secure_delete=ON");
        }
        return connection;
    }

    private static bool HasTable(SqliteConnection connection) => connection.Ask(
        "SELECT count(*) FROM sqlite_schema WHERE name = 'papers'", row => row.Integer(0)) > 0;

    private sealed record Waiting(IReadOnlyList<Document> Documents, TaskCompletionSource Answer);
}
