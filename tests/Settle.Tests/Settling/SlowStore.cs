using Settle.Stores;

namespace Settle.Tests.Settling;

/// <summary>A store whose writes take long.</summary>
internal sealed class SlowStore(IStore inner, TimeSpan write) : IStore
{
    public string Location => "slow";

    public bool KeepsBytes => inner.KeepsBytes;

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await Task.Delay(write, cancellation);
        return await inner.CreateAsync(id, body, cancellation);
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        inner.GetAsync(id, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
