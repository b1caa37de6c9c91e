using Settle.Stores;

namespace Settle.Tests.Settling;

/// <summary>
/// A store over another one, on which things go wrong as a test says. Several may stand on the same inner
/// store, as several processes do.
/// </summary>
internal sealed class UnreliableStore(IStore inner) : IStore
{
    private readonly Lock _lock = new();
    private readonly List<(int CallsLeft, string Id, byte[] Body)> _late = [];

    /// <summary>Asked before each create, which waits for it.</summary>
    public Func<string, ValueTask<StoreFault>> OnCreate { get; set; } = _ => new(StoreFault.None);

    /// <summary>Asked before each read; it may throw.</summary>
    public Func<ValueTask> OnRead { get; set; } = () => default;

    /// <summary>How many of the newest documents a range read misses.</summary>
    public Func<int> Missing { get; set; } = () => 0;

    /// <summary>Range reads miss what comes after this id.</summary>
    public string IdMax { get; set; } = "~";

    public string Location => "unreliable";

    public bool KeepsBytes => inner.KeepsBytes;

    public async ValueTask<CreateOutcome> CreateAsync(string id, ReadOnlyMemory<byte> body,
        CancellationToken cancellation)
    {
        await LandAsync();
        var fault = await OnCreate(id);
        switch (fault)
        {
            case StoreFault.None:
                return await inner.CreateAsync(id, body, cancellation);
            case StoreFault.Unavailable:
                throw new StoreUnavailableException("the test says so");
            case StoreFault.Doubled:
                await inner.CreateAsync(id, body, cancellation);
                return await inner.CreateAsync(id, body, cancellation);
            case StoreFault.LostAnswer:
                await inner.CreateAsync(id, body, cancellation);
                break;
            case StoreFault.LateLanding:
                lock (_lock) _late.Add((3, id, body.ToArray()));
                break;
            case StoreFault.LostRequest:
                break;
        }
        throw new WriteOutcomeUnknownException(id);
    }

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(string idFrom, string idTo, int limit,
        CancellationToken cancellation)
    {
        await LandAsync();
        await OnRead();
        var documents = await inner.ReadAsync(idFrom, idTo, limit, cancellation);
        return [.. documents.SkipLast(Missing())
            .Where(document => string.CompareOrdinal(document.Id, IdMax) <= 0)];
    }

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        await LandAsync();
        await OnRead();
        return await inner.GetAsync(id, cancellation);
    }

    public ValueTask DisposeAsync() => default;

    private async ValueTask LandAsync()
    {
        var landing = new List<(string Id, byte[] Body)>();
        lock (_lock)
        {
            for (var i = _late.Count - 1; i >= 0; i--)
            {
                _late[i] = _late[i] with { CallsLeft = _late[i].CallsLeft - 1 };
                if (_late[i].CallsLeft > 0) continue;
                landing.Add((_late[i].Id, _late[i].Body));
                _late.RemoveAt(i);
            }
        }
        foreach (var (id, body) in landing) await inner.CreateAsync(id, body, CancellationToken.None);
    }
}
