using Settle.Chains;
using Settle.State;

namespace Settle.Settling;

/// <content>What other sites have decided, as far as it was read here.</content>
internal sealed partial class History
{
    private readonly Dictionary<string, RecalledEntry> _elsewhere = new(StringComparer.Ordinal);

    // What sites that have ended decided, by what it is looked up for.
    private readonly Dictionary<(ulong Mark, string Id), RecalledEntry> _taken = [];

    // What names no site is the founder's, and no other chain has it.
    private async ValueTask FetchElsewhereAsync(
        ReadOnlyMemory<WaitingRequest> requests, CancellationToken cancellation)
    {
        _elsewhere.Clear();
        _taken.Clear();
        var sites = state.Sites!;
        for (var i = 0; i < requests.Length; i++)
        {
            var (job, index) = (requests.Span[i].Job, requests.Span[i].Index);
            if (FindElsewhere(sites, job.Batch.Bytes(job.Batch[index].Id)) is { } place)
                await FetchAsync(place, job.Batch.Text(job.Batch[index].Id), cancellation)
                    .ConfigureAwait(false);
            if (KindSet.Derived.Has(job.Batch[index].Kind)
                && FindElsewhere(sites, job.Batch.Bytes(job.Batch[index].Reference)) is { } made
                && made.Chain.IsTaken)
            {
                await FetchTakenAsync(made.Chain, made.Block.Height,
                    job.Batch.Text(job.Batch[index].Reference), cancellation)
                    .ConfigureAwait(false);
            }
        }
    }

    private (SiteChain Chain, SeenMark Block, EntryLocation Location)? FindElsewhere(
        SiteLedger sites, ReadOnlySpan<byte> id) => FindElsewhere(state, sites, id);

    private static (SiteChain Chain, SeenMark Block, EntryLocation Location)? FindElsewhere(
        LedgerState state, SiteLedger sites, ReadOnlySpan<byte> id)
    {
        if (SiteNames.TagOf(id).IsEmpty && sites.Mine == sites.Main) return null;
        lock (state.Lock)
        {
            return sites.Decided(id) is not var (chain, location) || chain == sites.Mine ? null
                : (chain, new SeenMark(location.Height, chain.HashAt(location.Height)), location);
        }
    }

    private async ValueTask FetchAsync(
        (SiteChain Chain, SeenMark Block, EntryLocation Location) place, string id,
        CancellationToken cancellation)
    {
        if (await ReadAsync(state, place, cancellation).ConfigureAwait(false) is { } entry)
            _elsewhere[id] = entry;
    }

    /// <summary>What another site has decided under an id, as far as it was read here.</summary>
    public static async ValueTask<RecalledEntry?> FindElsewhereAsync(
        LedgerState state, string id, CancellationToken cancellation)
    {
        if (state.Sites is not { } sites) return null;
        return FindElsewhere(state, sites, Encoding.UTF8.GetBytes(id)) is { } place
            ? await ReadAsync(state, place, cancellation).ConfigureAwait(false) : null;
    }

    /// <summary>
    /// The block in which another site has decided an id, and where in it; null for none.
    /// </summary>
    public static async ValueTask<(BlockDocument Block, int Offset)?> FindBlockElsewhereAsync(
        LedgerState state, string id, CancellationToken cancellation)
    {
        if (state.Sites is not { } sites
            || FindElsewhere(state, sites, Encoding.UTF8.GetBytes(id)) is not { } place)
            return null;
        return await state.Copies!.FindAsync(place.Chain.Site, place.Block, cancellation)
            .ConfigureAwait(false) is { } block ? (block, place.Location.Offset) : null;
    }

    private static async ValueTask<RecalledEntry?> ReadAsync(LedgerState state,
        (SiteChain Chain, SeenMark Block, EntryLocation Location) place,
        CancellationToken cancellation)
    {
        if (await state.Copies!.FindAsync(place.Chain.Site, place.Block, cancellation)
            .ConfigureAwait(false) is not { } block)
            return null;
        var batch = new RequestBatch();
        EntryReader.Read(block.Body.Span[place.Location.Offset..], batch);
        return new RecalledEntry(batch, place.Block.Height) { Site = place.Chain.Site };
    }

    // The founder decides what follows from the holds and transfers of a site that has ended.
    // Nothing follows from one before its own block.
    private async ValueTask FetchTakenAsync(
        SiteChain chain, long first, string id, CancellationToken cancellation)
    {
        var utf8 = Encoding.UTF8.GetBytes(id);
        for (var height = first; height <= chain.Height; height++)
        {
            var block = await state.Copies!.FindAsync(
                chain.Site, new SeenMark(height, chain.HashAt(height)), cancellation)
                .ConfigureAwait(false);
            if (block is not null) Keep(chain.Site, block, id, utf8);
        }
    }

    private void Keep(string site, BlockDocument block, string id, byte[] utf8)
    {
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            var batch = new RequestBatch();
            at += EntryReader.Read(block.Body.Span[at..], batch);
            foreach (var mark in (ulong[])[0, KeyHash.Resolution, KeyHash.Reversal])
            {
                if (IsKeyOf(batch, batch[0], mark, utf8)
                    && (mark == 0 || batch[0].Refusal == RefusalCode.None))
                {
                    _taken[(mark, id)] = new RecalledEntry(batch, block.Header.Height)
                    {
                        Site = site,
                    };
                }
            }
        }
    }
}
