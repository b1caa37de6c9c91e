namespace Settle.Server;

/// <summary>Somebody who has signed in with a key, for as long as that lasts.</summary>
/// <param name="key">The key; the session may do what it may.</param>
/// <param name="now">The clock's timestamp at the beginning.</param>
internal sealed class Session(KeyInForce key, long now) : IDisposable
{
    // So that what ends it gets its answer.
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private long _usedAt = now;

    public KeyInForce Key => key;

    /// <summary>Cancelled a second after the session is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The clock's timestamp when a request last used it.</summary>
    public long UsedAt => Volatile.Read(ref _usedAt);

    public void Use(long timestamp) => Volatile.Write(ref _usedAt, timestamp);

    public void End() => _ended.CancelAfter(LastWord);

    public void Dispose() => _ended.Dispose();
}
