using Settle.Chain;
using Settle.Simulation;

namespace Settle.Tests.Sites;

/// <summary>Blocks that no site's rules would make, but whose hashes and links are right.</summary>
internal static class Forged
{
    /// <summary>The next block of a site with some entries.</summary>
    /// <param name="store">Whose chain.</param>
    /// <param name="seen">What it says it has read; null for nothing new.</param>
    /// <param name="after">How many blocks it keeps below it; null for all.</param>
    /// <param name="entries">Each puts one decided entry into a batch.</param>
    public static BlockDocument Next(SiteStore store, SeenVector? seen = null, int? after = null,
        params Action<RequestBatch>[] entries)
    {
        var below = after ?? store.Own.Count;
        var builder = new BlockBuilder();
        builder.Begin(store.Site, below + 1, null, seen);
        foreach (var fill in entries)
        {
            var batch = new RequestBatch();
            fill(batch);
            builder.Append(batch, batch[0]);
        }
        var tip = below == 0 ? null : store.Own[below - 1].Header;
        builder.Seal(store.Site, tip?.Hash ?? BlockHash.None,
            (tip?.Time ?? ChainTime.MicrosecondsPerDay * 20_000) + 1, "forger");
        return BlockDocument.Parse(builder.Id, builder.Body.ToArray(), keepsBytes: true);
    }

    public static Action<RequestBatch> Transfer(string id, string from, string to, long amount) =>
        batch =>
        {
            ref var request = ref batch.Add(EntryKind.Transfer);
            request.Id = batch.Append("id", id);
            request.From = batch.Append("from", from);
            request.To = batch.Append("to", to);
            request.Amount = amount;
        };

    public static Action<RequestBatch> Grant(string account, string to, long amount) => batch =>
    {
        ref var request = ref batch.Add(EntryKind.Grant);
        GrantKind.Fill(batch, ref request, account, "", to, amount);
    };
}
