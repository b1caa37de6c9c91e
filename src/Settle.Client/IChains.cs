namespace Settle;

/// <summary>
/// The chains of a ledger's sites that one place has: its own, and copies of the others'. Any site
/// passes on all that it has.
/// </summary>
public interface IChains
{
    /// <summary>Tells how far each chain is here.</summary>
    Task<SiteTips> ReadTipsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads blocks of a site's chain from a height on, in the order of heights. Where a site has
    /// forked, all of its blocks at a height come, and together.
    /// </summary>
    /// <param name="site">Whose blocks.</param>
    /// <param name="fromHeight">The first height, at least 1.</param>
    /// <param name="limit">
    /// At most so many, 1 to 1000, and those beside the last one at its height. There may be fewer
    /// than are here: read on after the last one until none come.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">There is no such site here.</exception>
    Task<IReadOnlyList<Block>> ReadBlocksAsync(string site, long fromHeight, int limit,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands over blocks of a site's chain, which are kept durably once this answers. Those that
    /// are here already are passed over. Blocks of this place's own site that it has lost are taken
    /// back.
    /// </summary>
    /// <returns>How many were not here before.</returns>
    /// <exception cref="InvalidRequestException">
    /// They are not blocks of that site as a site writes them, the site was not added, or blocks
    /// before them are missing here.
    /// </exception>
    /// <exception cref="ChainsDifferException">They are of another ledger.</exception>
    /// <exception cref="SiteStoppedException">
    /// They are this site's own, and differ from those that are here, or what they had read is
    /// missing here.
    /// </exception>
    Task<long> GiveBlocksAsync(SiteBlocks blocks, CancellationToken cancellationToken = default);
}
