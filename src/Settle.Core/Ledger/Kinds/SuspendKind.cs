using Settle.Sites;

namespace Settle;

/// <summary>
/// A site that is thought to be lost: whoever has read this follows it only as far as others name
/// it.
/// </summary>
internal static class SuspendKind
{
    public static void Check(RequestBatch batch, in Request request)
    {
        var name = batch.Text(batch.Site(request).Name);
        if (!SiteNames.IsOne(name))
            throw Parse.Fault("site", name, "is not the name of a site");
    }

    public static RefusalCode Decide(Decider decider, RequestBatch batch, in Request request)
    {
        var refusal = Find(decider, batch, request, out var row);
        if (refusal != RefusalCode.None) return refusal;
        return row!.IsSuspended ? RefusalCode.SiteInactive : RefusalCode.None;
    }

    public static SiteTable Apply(
        SiteTable sites, RequestBatch batch, in Request entry, EntryLocation location) =>
        sites.TryFind(batch.Text(batch.Site(entry).Name), out var row)
            ? sites.With(row with { SuspendedAt = location.Height })
            : throw new BrokenInvariantException("a site that was never added is suspended");

    /// <summary>Finds a site that has not ended.</summary>
    public static RefusalCode Find(
        Decider decider, RequestBatch batch, in Request request, out SiteRow? row)
    {
        var name = batch.Text(batch.Site(request).Name);
        row = null;
        if (name == SiteNames.Founder) return RefusalCode.FounderStays;
        if (!decider.Book.Sites.TryFind(name, out row)) return RefusalCode.UnknownSite;
        return row.HasEnded || decider.Others?.HasRetired(name) == true
            ? RefusalCode.SiteInactive : RefusalCode.None;
    }
}
