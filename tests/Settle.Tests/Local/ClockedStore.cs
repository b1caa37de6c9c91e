using Settle.Stores;
using Settle.Stores.Memory;

namespace Settle.Tests.Local;

/// <summary>A store with a clock of its own.</summary>
internal sealed class ClockedStore(TimeSpan ahead, bool isOfAnotherMachine) : IStore
{
    private readonly MemoryStore _store = new();

    public string Location => "store";

    public bool KeepsBytes => true;

    public StoreClock? Clock { get; } = new(ahead, isOfAnotherMachine);

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        _store.CreateAsync(id, body, cancellation);

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        _store.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        _store.GetAsync(id, cancellation);

    // The ledgers of a test come and go, and the store stays.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
