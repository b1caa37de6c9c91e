using Settle.Stores;

namespace Settle.Tests.Settling;

/// <summary>A store that creates at once and answers when a test lets it.</summary>
internal sealed class LateAnswerStore(IStore inner) : IStore
{
    private readonly TaskCompletionSource _created = new();

    /// <summary>What answers wait for.</summary>
    public TaskCompletionSource Gate { get; } = new();

    /// <summary>Completes when a document has been created.</summary>
    public Task Created => _created.Task;

    public string Location => "late";

    public bool KeepsBytes => inner.KeepsBytes;

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var outcome = await inner.CreateAsync(id, body, cancellation);
        _created.TrySetResult();
        await Gate.Task;
        return outcome;
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        inner.GetAsync(id, cancellation);

    public ValueTask DisposeAsync() => default;
}
