namespace Settle.Stores.Sqlite;

/// <summary>A connection that is made when it is first used, and used by one at a time.</summary>
internal sealed class GuardedConnection(Func<SqliteConnection> connect) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private bool _isDisposed;

    public T Use<T>(Func<SqliteConnection, T> use)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return use(_connection ??= connect());
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _connection?.Dispose();
        }
    }
}
