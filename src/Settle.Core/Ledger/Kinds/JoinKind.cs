namespace Settle;

/// <summary>The first entry of every chain but the founder's: which ledger it joins.</summary>
internal static class JoinKind
{
    /// <param name="batch">Where it goes.</param>
    /// <param name="request">To be filled.</param>
    /// <param name="ledger">The founder's first block.</param>
    public static void Fill(RequestBatch batch, ref Request request, BlockHash ledger)
    {
        ref var terms = ref batch.AddSite(ref request);
        terms.Ledger = batch.Append("ledger", ledger.ToString());
    }
}
