using Settle.Chain;
using Settle.Chains;

namespace Settle.Simulation;

/// <summary>
/// What was decided before, read from the blocks of a site's chain, of those that ended there, and
/// of the block that is being made.
/// </summary>
internal sealed class SiteHistory(SiteLedger ledger, SiteStore store) : IHistory
{
    /// <summary>The block that is being made; null for none.</summary>
    public BlockBuilder? Draft { get; set; }

    public RecalledEntry? FindEntry(ReadOnlySpan<byte> id)
    {
        var text = Encoding.UTF8.GetString(id);
        return Newest(batch => batch.Text(batch[0].Id) == text);
    }

    public RecalledEntry? FindResolution(ReadOnlySpan<byte> holdId)
    {
        var text = Encoding.UTF8.GetString(holdId);
        return Newest(batch => KindSet.Resolution.Has(batch[0].Kind)
            && batch[0].Refusal == RefusalCode.None && batch.Text(batch[0].Reference) == text);
    }

    public RecalledEntry? FindReversal(ReadOnlySpan<byte> transferId)
    {
        var text = Encoding.UTF8.GetString(transferId);
        return Newest(batch => batch[0].Kind == EntryKind.Revert
            && batch[0].Refusal == RefusalCode.None && batch.Text(batch[0].Reference) == text);
    }

    public RecalledEntry? FindInvoice(ReadOnlySpan<byte> number) => null;

    private RecalledEntry? Newest(Func<RequestBatch, bool> isWanted)
    {
        RecalledEntry? found = null;
        foreach (var block in store.Own)
            Look(block.Body.Span, block.EntriesStart, block.EntriesEnd);
        foreach (var chain in ledger.Chains.Where(chain => chain.IsTaken))
        {
            for (var height = 1L; height <= chain.Height; height++)
            {
                var block = store.At(chain.Site, height).First(body =>
                    body.Header.Hash == chain.HashAt(height));
                Look(block.Body.Span, block.EntriesStart, block.EntriesEnd);
            }
        }
        if (Draft is { EntryCount: > 0 } draft)
        {
            var body = draft.Body.Span;
            Look(body, body.IndexOf("\"entries\":["u8) + "\"entries\":["u8.Length, body.Length);
        }
        return found;

        void Look(ReadOnlySpan<byte> body, int start, int end)
        {
            for (var at = start; at < end; at++)
            {
                var batch = new RequestBatch();
                at += EntryReader.Read(body[at..], batch);
                if (isWanted(batch)) found = new RecalledEntry(batch, 0);
            }
        }
    }
}
