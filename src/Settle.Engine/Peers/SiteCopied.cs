namespace Settle.Peers;

/// <summary>What was copied from one site to another.</summary>
/// <param name="From">What the one had before.</param>
/// <param name="To">What the other had before.</param>
/// <param name="Copied">Blocks that were new there.</param>
/// <param name="TakenBack">Blocks of its own that it had lost.</param>
/// <param name="Stopped">Why it could not take back all that it had lost; null if it could.</param>
internal sealed record SiteCopied(SiteTips From, SiteTips To, long Copied, long TakenBack,
    SiteStoppedException? Stopped = null)
{
    /// <summary>Whether there was anything.</summary>
    public bool IsNews => Copied + TakenBack > 0;

    /// <summary>How many blocks one of the two had before and the other had not.</summary>
    public static long Lag(SiteTips one, SiteTips other) => Missing(one, other)
        + Missing(other, one);

    private static long Missing(SiteTips here, SiteTips there) => here.Items.Sum(tip =>
        long.Max(0, tip.Height
            - (there.Items.FirstOrDefault(each => each.Site == tip.Site)?.Height ?? 0)));
}
