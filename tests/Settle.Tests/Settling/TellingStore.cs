using Settle.Stores;

namespace Settle.Tests.Settling;

/// <summary>A store that tells of what a test says, and counts how often it is asked.</summary>
internal sealed class TellingStore(IStore inner) : IStore, IFollowable
{
    private readonly TaskCompletionSource<Action<string?>> _follower = new();
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public TimeSpan SilenceMax => TimeSpan.FromSeconds(1);

    public bool IsFollowed => true;

    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public async Task FollowAsync(Action<string?> onDocument, CancellationToken cancellation)
    {
        _follower.TrySetResult(onDocument);
        await Task.Delay(Timeout.Infinite, cancellation);
    }

    public async Task TellAsync(string? id) => (await _follower.Task)(id);

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        inner.CreateAsync(id, body, cancellation);

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return inner.ReadAsync(idFrom, idTo, limit, cancellation);
    }

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        inner.GetAsync(id, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
