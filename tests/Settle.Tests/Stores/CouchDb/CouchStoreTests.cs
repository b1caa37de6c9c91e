using Xunit;

namespace Settle.Tests.Stores.CouchDb;

[Collection<SharedCouch>]
public sealed class CouchStoreTests(CouchFixture couch) : StoreContract
{
    internal override async Task<StorePlace> NewPlaceAsync()
    {
        var database = couch.NewDatabase();
        return new StorePlace(new JsonEnvelopeStore(await database.OpenStoreAsync()), database);
    }
}
