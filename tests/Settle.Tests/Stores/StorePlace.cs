using Settle.Stores;

namespace Settle.Tests.Stores;

/// <summary>An open store, and what has to go when a test is done with it.</summary>
internal sealed class StorePlace(IStore store, IDisposable? place = null) : IAsyncDisposable
{
    public IStore Store { get; } = store;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        place?.Dispose();
    }
}
