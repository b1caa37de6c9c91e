using Settle.Stores.Memory;

namespace Settle.Tests.Stores.Memory;

public sealed class MemoryStoreTests : StoreContract
{
    internal override Task<StorePlace> NewPlaceAsync() =>
        Task.FromResult(new StorePlace(new MemoryStore()));
}
