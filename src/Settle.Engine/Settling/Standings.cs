using Settle.Chains;

namespace Settle.Settling;

/// <summary>Why a site may not write, in words.</summary>
internal static class Standings
{
    /// <summary>Why not; null while it may.</summary>
    public static SiteStoppedException? Why(SiteLedger sites) => sites.Standing switch
    {
        Standing.Well => null,
        Standing.Forked => new SiteStoppedException("forked",
            $"another copy of site {sites.Own} has written other blocks than this one: it was "
            + "copied, or put back and written to before it was synced. Nothing more is written "
            + "here. " + (sites.Own == SiteNames.Founder
                ? "That cannot be mended at the founder: begin a new ledger with the balances of "
                    + "all sites"
                : "Suspend and end the site at the founder, and join again under another name")),
        Standing.SetBack => new SiteStoppedException("set_back", string.Create(
            CultureInfo.InvariantCulture,
            $"other sites have read block {sites.SetBackTo?.Height} of site {sites.Own}, but this "
            + $"file has only {sites.Mine.Height}: it was put back to an older copy. Sync it with "
            + $"a site that has the newer blocks; they are then taken back")),
        Standing.Retired => new SiteStoppedException("site_inactive",
            $"site {sites.Own} has retired: nothing more is written here"),
        Standing.Suspended => new SiteStoppedException("site_inactive",
            $"the founder has given site {sites.Own} up: nothing more is written here. Join again "
            + "under another name. Once this file has been synced with the founder, its list of "
            + "orphans there shows what had not reached the others"),
        _ => new SiteStoppedException("site_inactive",
            $"the founder has not added site {sites.Own}, as far as was read here: add it there, "
            + "then sync both"),
    };
}
