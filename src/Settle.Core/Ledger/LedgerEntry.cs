namespace Settle;

/// <summary>The request that every chain begins with: the ledger's terms.</summary>
internal static class LedgerEntry
{
    public const string Id = "@ledger";

    /// <param name="batch">Where it goes.</param>
    /// <param name="request">To be filled.</param>
    /// <param name="asset">The default asset.</param>
    /// <param name="scale">Its decimals.</param>
    /// <param name="strict">Whether accounts must be opened first; null says nothing.</param>
    /// <param name="id">Another id for a later change of terms.</param>
    public static void Fill(RequestBatch batch, ref Request request, string asset, int scale,
        bool? strict = null, string id = Id)
    {
        request.Id = batch.Append("id", id);
        (request.HasStrict, request.IsStrict) = (strict is not null, strict is true);
        request.Asset = batch.Append("asset", asset);
        request.Scale = scale;
        RequestRules.Check(batch, ref request);
    }
}
