using Settle.Stores;

namespace Settle.Simulation;

/// <summary>
/// A process's store, as its ledger sees it: of a call that is over, only what came of it and what
/// the store remembers can matter later, not how it came about.
/// </summary>
/// <param name="store">The product's store.</param>
/// <param name="process">Whose it is.</param>
/// <param name="memory">Folds what the store remembers.</param>
internal sealed class ExploredCalls(IStore store, ProcessState process, Func<ulong> memory) : IStore
{
    /// <summary>Folds what the store remembers now.</summary>
    public ulong Memory => memory();

    public string Location => store.Location;

    public bool KeepsBytes => store.KeepsBytes;

    public int BodyBytesMax => store.BodyBytesMax;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        CallAsync(() => process.BeginCreate(id, Of(new Document(id, body))),
            () => store.CreateAsync(id, body, cancellation), outcome => (ulong)outcome);

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        CallAsync(process.BeginRead, () => store.ReadAsync(idFrom, idTo, limit, cancellation),
            found => found.Aggregate(1UL, (state, document) => Folding.Then(state, Of(document))));

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        CallAsync(process.Begin, () => store.GetAsync(id, cancellation), found =>
        {
            if (found is null) return 1;
            process.Keep(id);
            return Of(found);
        });

    public ValueTask DisposeAsync() => store.DisposeAsync();

    // Who wrote a block makes it this one and no other, and its hash stands at its end.
    private static ulong Of(Document document)
    {
        var state = Folding.Of(document.Id);
        foreach (var part in document.Body.Span[^int.Min(200, document.Body.Length)..])
            state = (state ^ part) * 0x100000001B3;
        return Folding.Of(state);
    }

    // Notes what came of it before its ledger hears.
    private ValueTask<T> CallAsync<T>(
        Action begin, Func<ValueTask<T>> call, Func<T, ulong> fold)
    {
        begin();
        var task = call().AsTask();
        task.ContinueWith(done => process.End(Folding.Then(done.IsFaulted
            // Its words are for people.
            ? Folding.Of(done.Exception.InnerException!.GetType().Name) : fold(done.Result),
            Memory)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return new(task);
    }
}
