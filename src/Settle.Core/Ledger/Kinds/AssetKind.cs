namespace Settle;

/// <summary>
/// An asset of the ledger's own, or the entry that every chain begins with: the default asset.
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
        if (request.Kind == EntryKind.Ledger)
            return assets.Count == 0 ? RefusalCode.None : RefusalCode.AlreadyInitialized;
        if (assets.ScaleOf(batch.Bytes(request.Asset), book.Time) is { } scale)
            return scale == request.Scale ? RefusalCode.None : RefusalCode.AssetExists;
        return assets.Count < Limits.AssetsMax ? RefusalCode.None : RefusalCode.LimitExceeded;
    }

    public static void Apply(Book book, RequestBatch batch, in Request entry)
    {
        if (book.FindAsset(batch.Bytes(entry.Asset)) < 0)
            book.Assets.Add(batch.Bytes(entry.Asset), entry.Scale);
    }
}
