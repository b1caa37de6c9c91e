using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;

namespace Settle.Tests.Local;

/// <summary>Opens real ledgers whose blocks are kept in memory.</summary>
internal static class MemoryLedger
{
    public static Task<LocalLedger> OpenAsync(IStore? store = null, TimeProvider? clock = null,
        string? indexFolder = null) =>
        LocalLedger.OpenAsync("memory", store ?? new MemoryStore(), indexFolder,
            new LedgerOptions { Clock = clock ?? TimeProvider.System }, CancellationToken.None);
}
