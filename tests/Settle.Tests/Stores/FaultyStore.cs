using Settle.Stores;

namespace Settle.Tests.Stores;

/// <summary>A store whose answers get lost when a test says so.</summary>
internal sealed class FaultyStore(IStore inner) : IStore
{
    /// <summary>What happens to the next create; each loss happens once.</summary>
    public Loss LoseNextAnswer { get; set; }

    /// <summary>What happens before the next create reaches the store, once.</summary>
    public Func<Task>? BeforeNextCreate { get; set; }

    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var before = BeforeNextCreate;
        BeforeNextCreate = null;
        if (before is not null) await before();
        var loss = LoseNextAnswer;
        LoseNextAnswer = Loss.None;
        if (loss == Loss.Before)
            throw new WriteOutcomeUnknownException(id);
        var outcome = await inner.CreateAsync(id, body, cancellation);
        return loss == Loss.After ? throw new WriteOutcomeUnknownException(id) : outcome;
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        inner.GetAsync(id, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
