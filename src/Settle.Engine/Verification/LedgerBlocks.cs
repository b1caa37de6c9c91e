using Settle.Stores;

namespace Settle.Verification;

/// <summary>The blocks of a ledger on a server, as a store to read from.</summary>
internal sealed class LedgerBlocks(ILedger ledger, string site) : IStore
{
    public string Location => ledger.Name;

    public bool KeepsBytes => true;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        throw new StoreUnavailableException("blocks are only read here");

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(string idFrom, string idTo, int limit,
        CancellationToken cancellation)
    {
        // A reader asks from the beginning, or from behind the last document it saw.
        var from = idFrom.Length == 0 ? 1
            : idFrom.EndsWith('\0') ? BlockId.HeightOf(site, idFrom[..^1]) + 1
            : BlockId.HeightOf(site, idFrom);
        if (from <= 0) return [];
        var blocks = await ledger.ReadBlocksAsync(from, limit, cancellation).ConfigureAwait(false);
        return [.. blocks.Select(block =>
            new Document(BlockId.Format(site, block.Height), block.Body))];
    }

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        var found = await ReadAsync(id, id, 1, cancellation).ConfigureAwait(false);
        return found.Count > 0 && found[0].Id == id ? found[0] : null;
    }

    public ValueTask DisposeAsync() => ledger.DisposeAsync();
}
