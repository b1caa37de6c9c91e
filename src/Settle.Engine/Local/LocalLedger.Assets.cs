using System.Text;

namespace Settle.Local;

/// <content>The assets of the ledger, which only ever grow in number.</content>
internal sealed partial class LocalLedger
{
    // What a ledger that nobody initialized gets with its first block.
    private const string AssetIfUnset = "USD";
    private const int ScaleIfUnset = 2;

    internal string DefaultAsset => _state.DefaultAsset?.Code ?? AssetIfUnset;

    private Task<AssetInfo?> FindAssetAsync(string code, CancellationToken cancellation) =>
        ReadAsync(() =>
        {
            var number = _state.Book.Assets.Find(Encoding.UTF8.GetBytes(code));
            return number < 0 || number >= _state.Book.DurableAssetCount ? null : InfoOf(number);
        }, cancellation);

    /// <summary>
    /// The minor units of an amount, and its asset. Before the first block that is always named:
    /// another writer may be about to make another one the default.
    /// </summary>
    /// <exception cref="InvalidRequestException">The ledger does not know the asset.</exception>
    private async ValueTask<(long Minor, string? Asset)> ToMinorAsync(
        Money amount, CancellationToken cancellation)
    {
        if (amount.Asset is { } asset)
            return (amount.ToMinor(await ScaleOfAsync(asset, cancellation).ConfigureAwait(false)),
                asset);
        return _state.DefaultAsset is { } known
            ? (amount.ToMinor(known.Scale), null)
            : (amount.ToMinor(ScaleIfUnset), AssetIfUnset);
    }

    private async ValueTask<int> ScaleOfAsync(string asset, CancellationToken cancellation)
    {
        if (await FindAssetAsync(asset, cancellation).ConfigureAwait(false) is { } known)
            return known.Scale;
        return Iso4217.TryGetScale(asset, out var scale)
            ? scale
            : throw new InvalidRequestException(
                "asset", $"'{asset}' is neither in ISO 4217 nor declared here");
    }

    private AssetInfo InfoOf(int number) =>
        new(_state.Book.Assets[number].Code, _state.Book.Assets[number].Scale);
}
