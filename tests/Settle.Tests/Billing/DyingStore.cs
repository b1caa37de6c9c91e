using Settle.Stores;

namespace Settle.Tests.Invoicing;

/// <summary>A store whose process dies at its n-th create: before it, or after it without an answer.</summary>
internal sealed class DyingStore(IStore inner, int creates, bool isWritten) : IStore
{
    private int _left = creates;

    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public bool IsDead => _left < 0;

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (IsDead) throw Gone();
        if (--_left >= 0) return await inner.CreateAsync(id, body, cancellation);
        if (isWritten) await inner.CreateAsync(id, body, cancellation);
        throw Gone();
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        IsDead ? throw Gone() : inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        IsDead ? throw Gone() : inner.GetAsync(id, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StoreUnavailableException Gone() => new("the process is dead");
}
