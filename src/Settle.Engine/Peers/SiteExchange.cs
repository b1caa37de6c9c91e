namespace Settle.Peers;

/// <summary>
/// Copies all chains that one place has to another: of each from the newest height on that both
/// have, so that a twin of that block shows too. What was copied before does no harm.
/// </summary>
/// <param name="from">Where they are.</param>
/// <param name="fromName">That place, for people.</param>
/// <param name="to">Where they go.</param>
/// <param name="toName">That place, for people.</param>
internal sealed class SiteExchange(IChains from, string fromName, IChains to, string toName)
{
    private const int BlocksPerRead = 512;

    // Handed over at once: a server takes twice as much, and the largest block is as large.
    private const int BytesAtOnce = Limits.BlockBytesMax;

    /// <summary>Nothing is copied from one ledger's site to another's.</summary>
    /// <exception cref="ChainsDifferException">Both know a founder, and not the same.</exception>
    public async Task CheckAsync(CancellationToken cancellation) => Check(
        await from.ReadTipsAsync(cancellation).ConfigureAwait(false),
        await to.ReadTipsAsync(cancellation).ConfigureAwait(false));

    /// <summary>Copies what one place has and the other has not.</summary>
    /// <param name="copied">Told after each batch how many blocks it was.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ChainsDifferException">They are of different ledgers.</exception>
    /// <exception cref="InvalidRequestException">Both are one site.</exception>
    /// <exception cref="SiteStoppedException">One is not the site that the other one knows by its
    /// name, but joined under it too.</exception>
    public async Task<SiteCopied> RunAsync(Action<long> copied, CancellationToken cancellation)
    {
        var here = await from.ReadTipsAsync(cancellation).ConfigureAwait(false);
        var there = await to.ReadTipsAsync(cancellation).ConfigureAwait(false);
        Check(here, there);
        if (here.Site == there.Site)
        {
            throw new InvalidRequestException("to", $"both are site {here.Site}: a site is one "
                + "file. To copy it, use 'settle mirror'");
        }
        await new SiteTwins(from, fromName, here, to, toName, there).CheckAsync(cancellation)
            .ConfigureAwait(false);
        await new SiteTwins(to, toName, there, from, fromName, here).CheckAsync(cancellation)
            .ConfigureAwait(false);
        var result = new SiteCopied(here, there, 0, 0);
        if (here.Ledger is not { } ledger) return result;
        // The founder's chain says which sites there are; its own a site takes back last, because
        // it must have what that had read.
        foreach (var tip in here.Items.OrderBy(tip => tip.Site == there.Site)
            .ThenBy(tip => tip.Site, Comparer<string>.Create(SiteNames.Compare)))
        {
            var mine = there.Items.FirstOrDefault(each => each.Site == tip.Site);
            if (mine == tip) continue;
            var isOwn = tip.Site == there.Site;
            if (isOwn && mine?.Height >= tip.Height) continue;
            var first = isOwn ? (mine?.Height ?? 0) + 1
                : long.Max(1, long.Min(mine?.Height ?? 0, tip.Height));
            try
            {
                var taken = await CopyAsync(
                    ledger, here.Site, tip.Site, first, copied, cancellation)
                    .ConfigureAwait(false);
                result = isOwn ? result with { TakenBack = taken }
                    : result with { Copied = result.Copied + taken };
            }
            catch (InvalidRequestException e) when (e.Field == "site")
            {
                continue; // The other has to read first that it was added: the next time it has.
            }
            catch (SiteStoppedException e)
            {
                result = result with { Stopped = e };
            }
        }
        return result;
    }

    private async Task<long> CopyAsync(string ledger, string giver, string site, long height,
        Action<long> copied, CancellationToken cancellation)
    {
        var count = 0L;
        while (true)
        {
            var blocks = await from.ReadBlocksAsync(site, height, BlocksPerRead, cancellation)
                .ConfigureAwait(false);
            if (blocks.Count == 0) return count;
            foreach (var some in Parts(blocks))
            {
                var taken = await to.GiveBlocksAsync(new SiteBlocks
                {
                    Ledger = ledger, Giver = giver, Site = site, Blocks = some,
                }, cancellation).ConfigureAwait(false);
                count += taken;
                if (taken > 0) copied(taken);
            }
            // Whoever answers with what was not asked for must not be asked for ever.
            if (blocks[^1].Height < height)
                throw new StoreUnavailableException($"{fromName} gave other blocks of site {site} "
                    + "than it was asked for");
            height = blocks[^1].Height + 1;
        }
    }

    private static IEnumerable<IReadOnlyList<Block>> Parts(IReadOnlyList<Block> blocks)
    {
        var part = new List<Block>();
        var bytes = 0L;
        foreach (var block in blocks)
        {
            if (part.Count > 0 && bytes + block.Body.Length > BytesAtOnce)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }
            part.Add(block);
            bytes += block.Body.Length;
        }
        yield return part;
    }

    private void Check(SiteTips first, SiteTips second)
    {
        if (first.Ledger is null || second.Ledger is null || first.Ledger == second.Ledger) return;
        throw new ChainsDifferException($"{fromName} and {toName} are sites of different ledgers: "
            + "nothing was copied");
    }
}
