namespace Settle;

/// <summary>
/// An asset of the ledger's own; or terms of the ledger itself, which every chain begins with: the
/// default asset, for ever, and whether accounts must be opened before money moves.
/// </summary>
internal static class AssetKind
{
    public static void Check(RequestBatch batch, in Request request)
    {
        Texts.CheckAsset("asset", batch.Bytes(request.Asset));
        if (request.Scale is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
    }

    public static RefusalCode Decide(Book book, RequestBatch batch, in Request request)
    {
        var assets = book.Assets;
        var scale = assets.ScaleOf(batch.Bytes(request.Asset), book.Time);
        if (request.Kind == EntryKind.Ledger)
        {
            if (assets.Count == 0) return RefusalCode.None;
            var isDefault = assets.Find(batch.Bytes(request.Asset)) == 0 && scale == request.Scale;
            return request.HasStrict && isDefault
                ? RefusalCode.None : RefusalCode.AlreadyInitialized;
        }
        if (scale is not null)
            return scale == request.Scale ? RefusalCode.None : RefusalCode.AssetExists;
        return assets.Count < Limits.AssetsMax ? RefusalCode.None : RefusalCode.LimitExceeded;
    }

    public static void Apply(Book book, RequestBatch batch, in Request entry)
    {
        if (book.FindAsset(batch.Bytes(entry.Asset)) < 0)
            book.Assets.Add(batch.Bytes(entry.Asset), entry.Scale);
        if (entry.HasStrict) book.IsStrict = entry.IsStrict;
    }
}
