using Settle.Sites;

namespace Settle;

/// <summary>
/// The last block of a lost site that counts, for everybody and for ever (S12): the newest that the
/// founder has read, once no active site can have read more.
/// </summary>
internal static class EndKind
{
    public static RefusalCode Decide(Decider decider, RequestBatch batch, ref Request request)
    {
        var refusal = SuspendKind.Find(decider, batch, request, out var row);
        if (refusal != RefusalCode.None) return refusal;
        if (!row!.IsSuspended) return RefusalCode.SiteActive;
        var others = decider.Others
            ?? throw new BrokenInvariantException("a site is ended where no other was read");
        if (others.Unconfirmed(row.Name) is { } active)
        {
            decider.Elsewhere = new Elsewhere(active, []);
            return RefusalCode.NotConfirmed;
        }
        ref var terms = ref batch.Site(request);
        var last = others.Seen[row.Name];
        terms.Height = last.Height;
        if (last.Height > 0) terms.Hash = batch.Append("hash", last.Hash.ToString());
        return RefusalCode.None;
    }

    public static SiteTable Apply(
        SiteTable sites, RequestBatch batch, in Request entry, EntryLocation location)
    {
        ref readonly var terms = ref batch.Site(entry);
        if (!sites.TryFind(batch.Text(terms.Name), out var row))
            throw new BrokenInvariantException("a site that was never added is ended");
        var hash = BlockHash.None;
        if (!terms.Hash.IsEmpty && !BlockHash.TryParse(batch.Bytes(terms.Hash), out hash))
            throw new FormatException("the last block of a site has no hash");
        return sites.With(row with
        {
            EndedAt = location.Height, Last = new SeenMark(terms.Height, hash),
        });
    }
}
