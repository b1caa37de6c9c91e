namespace Settle.Peers;

/// <summary>
/// Finds out whether a site is the one that another place knows by its name. Two files can join
/// under one name before anybody has heard of either; the first would be stopped for ever if a
/// block of the second were copied too.
/// </summary>
/// <param name="owner">The site.</param>
/// <param name="ownerName">Where it is, for people.</param>
/// <param name="own">How far its chains are.</param>
/// <param name="other">The place that has copies of its chain.</param>
/// <param name="otherName">That place, for people.</param>
/// <param name="known">How far the chains are there.</param>
internal sealed class SiteTwins(IChains owner, string ownerName, SiteTips own,
    IChains other, string otherName, SiteTips known)
{
    private const int HashChars = 12;

    /// <exception cref="SiteStoppedException">It joined by another block.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var (mine, copy) = (TipIn(own), TipIn(known));
        if (mine is null || copy is null || mine == copy) return;
        // Nearly always one of them has simply gone on.
        var (longer, tip) = mine.Height >= copy.Height ? (owner, copy) : (other, mine);
        if ((await ReadAsync(longer, tip.Height, cancellation).ConfigureAwait(false))
            .Exists(block => block.Hash.ToString() == tip.Hash))
            return;
        var first = await ReadAsync(owner, 1, cancellation).ConfigureAwait(false);
        var others = await ReadAsync(other, 1, cancellation).ConfigureAwait(false);
        // One that went on from a copy has the same beginning: that is a fork, and is recorded.
        if (first is not [var begin, ..] || others is not [var known1, ..]
            || others.Exists(block => block.Hash == begin.Hash))
            return;
        throw new SiteStoppedException("forked", $"two files joined as site {own.Site}: {ownerName}"
            + $" began {Shown(begin)}, and {otherName} knows the site that began {Shown(known1)}. "
            + "Nothing was copied, so that one can go on: add another site, and let the other file "
            + "join again, as a new one, under that name");
    }

    private SiteTip? TipIn(SiteTips tips) =>
        tips.Items.FirstOrDefault(tip => tip.Site == own.Site);

    private async Task<List<BlockHeader>> ReadAsync(
        IChains chains, long height, CancellationToken cancellation)
    {
        try
        {
            return [.. (await chains.ReadBlocksAsync(own.Site, height, 1, cancellation)
                .ConfigureAwait(false)).Where(block => block.Height == height).Select(block =>
                    BlockDocument.Parse(BlockId.Format(own.Site, height), block.Body,
                        keepsBytes: true).Header)];
        }
        catch (FormatException)
        {
            return []; // Whoever copies it says what is wrong with it.
        }
    }

    private static string Shown(BlockHeader block) => string.Create(CultureInfo.InvariantCulture,
        $"on {ChainTime.ToTime(block.Time).UtcDateTime:yyyy-MM-dd 'at' HH:mm:ss} UTC with block ")
        + $"{block.Hash.ToString()[..HashChars]}...";
}
