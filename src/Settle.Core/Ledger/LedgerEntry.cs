namespace Settle;

/// <summary>The request that every chain begins with: the default asset.</summary>
internal static class LedgerEntry
{
    public const string Id = "@ledger";

    public static void Fill(RequestBatch batch, ref Request request, string asset, int scale)
    {
        request.Id = batch.Append("id", Id);
        request.Asset = batch.Append("asset", asset);
        request.Scale = scale;
        RequestRules.Check(batch, ref request);
    }
}
