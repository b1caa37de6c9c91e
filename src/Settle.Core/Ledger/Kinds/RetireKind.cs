namespace Settle;

/// <summary>The last entry of a site's chain: the founder takes over all that it has.</summary>
internal static class RetireKind
{
    public static RefusalCode Decide(Decider decider)
    {
        if (decider.Others is not { HasSites: true } others || others.Own == SiteNames.Founder)
            return RefusalCode.FounderStays;
        return decider.Book.OpenHoldCount > 0 ? RefusalCode.HoldsOpen : RefusalCode.None;
    }
}
