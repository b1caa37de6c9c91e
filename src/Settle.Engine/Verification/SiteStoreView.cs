using Settle.Chains;
using Settle.State;
using Settle.Stores;

namespace Settle.Verification;

/// <summary>
/// A site's store as another site sees it whose chain is to be checked: the copies of that chain,
/// as far as they were read, are its blocks, and the store's own chain is one of its copies.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="own">Whose chain that has.</param>
/// <param name="chain">The chain that is checked, as it was read.</param>
internal sealed class SiteStoreView(IStore store, string own, SiteChain chain) : IStore
{
    public string Location => store.Location;

    public bool KeepsBytes => store.KeepsBytes;

    public bool KeepsCopies => true;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        throw new StoreUnavailableException("blocks are only read here");

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(string idFrom, string idTo,
        int limit, CancellationToken cancellation)
    {
        if (idFrom.StartsWith(CopyId.First, StringComparison.Ordinal))
        {
            return idFrom.StartsWith($"{CopyId.First}{own}:", StringComparison.Ordinal)
                ? await store.ReadAsync(BlockIn(idFrom), BlockIn(idTo), limit, cancellation)
                    .ConfigureAwait(false)
                : await store.ReadAsync(idFrom, idTo, limit, cancellation).ConfigureAwait(false);
        }
        var blocks = new List<Document>();
        var height = idFrom.Length == 0 ? 1
            : idFrom.EndsWith('\0') ? BlockId.HeightOf(chain.Site, idFrom[..^1]) + 1
            : BlockId.HeightOf(chain.Site, idFrom);
        for (; height <= chain.Height && blocks.Count < limit; height++)
        {
            if (await BlockAsync(height, cancellation).ConfigureAwait(false) is { } block)
                blocks.Add(block);
        }
        return blocks;
    }

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        BlockId.HeightOf(chain.Site, id) is > 0 and var height && height <= chain.Height
            ? await BlockAsync(height, cancellation).ConfigureAwait(false) : null;

    // It is not this one's to close.
    public ValueTask DisposeAsync() => default;

    private async ValueTask<Document?> BlockAsync(long height, CancellationToken cancellation)
    {
        var block = await new SiteCopies(store, own).FindAsync(chain.Site,
            new SeenMark(height, chain.HashAt(height)), cancellation).ConfigureAwait(false);
        return block is null ? null
            : new Document(BlockId.Format(chain.Site, height), block.Body);
    }

    // A bound of copies is as good a bound of blocks: copy:lisbon:000000000042: and ...42;
    private static string BlockIn(string copy) => $"block:{copy[CopyId.First.Length..^1]}";
}
