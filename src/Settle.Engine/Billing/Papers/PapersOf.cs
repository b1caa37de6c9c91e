using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.Sqlite;

namespace Settle.Billing;

/// <summary>The papers that are beside a chain.</summary>
internal static class PapersOf
{
    public static IPapers Store(IStore store, bool isReadOnly) => store switch
    {
        IPapersBeside beside => beside.Papers,
        SqliteStore => new SqlitePapers(store.Location, isReadOnly),
        CouchStore couch => new CouchPapers(couch),
        _ => MemoryPapers.Of(store),
    };
}
