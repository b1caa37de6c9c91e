using System.Runtime.CompilerServices;
using Settle.Stores;

namespace Settle.Simulation;

/// <summary>
/// One machine's way to the side documents. Of those that are sent together some may be kept when
/// the others are not.
/// </summary>
internal sealed class SimulatedSideDocuments(Timeline timeline, Machine owner,
    DurableSideDocuments shelf, FaultRates faults, Func<bool> isFull) : ISideDocuments
{
    private const long TimeoutMicroseconds = 1_000_000;

    private readonly Dice _dice = timeline.Dice;

    public Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        WriteAsync(documents.Count, count =>
        {
            // A database does not write them in their order.
            var kept = documents.ToList();
            while (kept.Count > count) kept.RemoveAt(_dice.Below(kept.Count));
            foreach (var document in kept)
            {
                Say($"keeps {document.Id}");
                shelf.Bodies.TryAdd(document.Id, document.Body.ToArray());
            }
        });

    public async Task<ReadOnlyMemory<byte>> ClaimAsync(
        Document document, CancellationToken cancellation)
    {
        await CreateAsync([document], cancellation).ConfigureAwait(false);
        return (await GetAsync(document.Id, cancellation).ConfigureAwait(false))!.Value;
    }

    public async Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation)
    {
        var isThere = false;
        await WriteAsync(1, count =>
        {
            isThere = count > 0 && shelf.Bodies.TryGetValue(document.Id, out var body)
                && damaged.Span.SequenceEqual(body);
            if (isThere) shelf.Bodies[document.Id] = document.Body.ToArray();
        }).ConfigureAwait(false);
        return isThere;
    }

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation) =>
        ReadAsync<ReadOnlyMemory<byte>?>(() =>
        {
            // A null array would become a memory that is empty, and not none.
            ReadOnlyMemory<byte>? found = null;
            if (shelf.Bodies.TryGetValue(id, out var body)) found = body;
            return found;
        });

    public Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        ReadAsync(() => ids.Where(shelf.Bodies.ContainsKey).Distinct().ToDictionary(
            id => id, id => (ReadOnlyMemory<byte>)shelf.Bodies[id], StringComparer.Ordinal));

    public async IAsyncEnumerable<Document> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var found = await ReadAsync(() => shelf.Bodies
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(pair => new Document(pair.Key, pair.Value)).ToList()).ConfigureAwait(false);
        foreach (var document in found) yield return document;
    }

    public Task EraseAsync(string id, CancellationToken cancellation) =>
        WriteAsync(1, count =>
        {
            if (count > 0) shelf.Bodies.Remove(id);
        });

    public Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        ReadAsync(() => ids.Where(shelf.Bodies.ContainsKey).ToHashSet(StringComparer.Ordinal));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task WriteAsync(int count, Action<int> write)
    {
        var answer = new TaskCompletionSource();
        if (isFull() || faults.Happens(Faults.Unavailable, _dice))
        {
            timeline.After(Delay(), owner, () => answer.SetException(Away()));
            return answer.Task;
        }
        timeline.After(Delay(), owner, () =>
        {
            var isLost = faults.Happens(Faults.LostAnswer, _dice)
                || faults.Happens(Faults.LostRequest, _dice);
            var dies = faults.Happens(Faults.Crash, _dice);
            write(isLost || dies ? _dice.Below(count + 1) : count);
            if (dies) owner.Die();
            timeline.After(isLost ? TimeoutMicroseconds : Delay(), owner, () =>
            {
                if (isLost) answer.SetException(Away());
                else answer.SetResult();
            });
        });
        return answer.Task;
    }

    private Task<T> ReadAsync<T>(Func<T> read)
    {
        var answer = new TaskCompletionSource<T>();
        var fails = faults.Happens(Faults.ReadError, _dice);
        timeline.After(Delay(), owner, () =>
        {
            if (fails) answer.SetException(Away());
            else answer.SetResult(read());
        });
        return answer.Task;
    }

    private static StoreUnavailableException Away() => new("the side documents are away");

    private long Delay() => faults.Happens(Faults.Slow, _dice)
        ? _dice.Between(10_000, 900_000) : _dice.Between(20, 400);

    private void Say(string what)
    {
        if (timeline.Trace.IsKept) timeline.Trace.Add(timeline.Now, owner.Name, what);
    }
}
