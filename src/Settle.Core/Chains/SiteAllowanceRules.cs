using Settle.Sites;

namespace Settle.Chains;

/// <summary>
/// What a site gives another of an account because a person said so: as much as it lacks of an
/// amount; and, where that is to stand, from then on whenever it has less than half of it.
/// </summary>
internal static class SiteAllowanceRules
{
    /// <summary>Decides; the request's amount is then what is granted.</summary>
    /// <param name="ledger">What this site has read.</param>
    /// <param name="batch">The request's.</param>
    /// <param name="request">The grant, with its account and asset looked up.</param>
    public static AllowanceVerdict Decide(
        SiteLedger ledger, RequestBatch batch, ref Request request)
    {
        var level = batch.Site(request).Level;
        var isStanding = batch.Site(request).IsStanding;
        var site = batch.Text(request.To);
        if (site == ledger.Own || ledger.Chain(site) is null)
            return new AllowanceVerdict(RefusalCode.UnknownSite);
        if (!ledger.IsActive(site)) return new AllowanceVerdict(RefusalCode.SiteInactive);
        if (request.FromPosition < 0) return new AllowanceVerdict(RefusalCode.UnknownAsset);
        var name = batch.Bytes(request.From);
        if (isStanding)
        {
            // Two sites that both kept others at amounts would pass the same money around.
            var home = ledger.HomeOf(name);
            if (home != ledger.Own)
                return new AllowanceVerdict(RefusalCode.NotHere) { Home = home };
            if (level > 0 && !ledger.Exists(name))
                return new AllowanceVerdict(RefusalCode.UnknownAccount);
        }
        var what = new Shared(
            ledger.Own, site, batch.Text(request.From), batch.Text(request.Asset));
        var missing = ledger.RoomAt(site, what.Account, what.Asset) is { } there
            ? Int128.Max(0, level - Int128.Max(there, 0)) : 0;
        var room = ledger.RoomAt(ledger.Own, what.Account, what.Asset);
        if (isStanding)
        {
            // What is not there yet is granted later.
            if (room is { } here) missing = Int128.Max(0, Int128.Min(missing, here));
            if (missing == 0 && ledger.Money.KeptAt(what) == level)
                return new AllowanceVerdict(RefusalCode.None);
        }
        else if (missing == 0) return new AllowanceVerdict(RefusalCode.None);
        else if (room < missing)
        {
            return new AllowanceVerdict(RefusalCode.InsufficientFunds)
            {
                Room = room.Value, Missing = missing,
            };
        }
        request.Amount = (long)missing;
        return new AllowanceVerdict(RefusalCode.None) { IsRecorded = true };
    }
}
