using Settle.Index;
using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;

namespace Settle.Tests.Local;

/// <summary>Opens real ledgers whose blocks are kept in memory.</summary>
internal static class MemoryLedger
{
    public static Task<LocalLedger> OpenAsync(IStore? store = null, TimeProvider? clock = null) =>
        LocalLedger.OpenAsync("memory", store ?? new MemoryStore(), null,
            new LedgerOptions { Clock = clock ?? TimeProvider.System }, CancellationToken.None);

    /// <summary>With an index in a folder, whose runs are so small that a test sees many of them.</summary>
    public static Task<LocalLedger> OpenAsync(IStore store, string indexFolder, int rowsMax,
        TimeProvider? clock = null) =>
        LocalLedger.OpenAsync("memory", store, new DiskFolder(indexFolder),
            new LedgerOptions
            {
                Clock = clock ?? TimeProvider.System, IndexSizes = new() { RowsMax = rowsMax },
            },
            CancellationToken.None);
}
