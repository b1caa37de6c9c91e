namespace Settle.Journals;

/// <summary>
/// How many decimals an asset has, as one ledger knows it: its own assets first, then ISO 4217.
/// </summary>
internal sealed class AssetScales
{
    private readonly Dictionary<string, int> _scales;

    // The asset of the row before is nearly always the asset of this row.
    private byte[] _last;
    private int _lastScale;

    public AssetScales(LedgerInfo info)
    {
        DefaultAsset = info.Asset;
        AssumedAsset = info.Height == 0 ? info.Asset : null;
        _scales = info.Assets
            .ToDictionary(asset => asset.Code, asset => asset.Scale, StringComparer.Ordinal);
        _last = Encoding.UTF8.GetBytes(info.Asset);
        _lastScale = Of(info.Asset);
    }

    public string DefaultAsset { get; }

    /// <summary>
    /// What to name with amounts that were read in the default asset: before the first block that
    /// is only assumed, and somebody may be about to make another one the default. Null later.
    /// </summary>
    public string? AssumedAsset { get; }

    /// <summary>The number of decimals of an asset; null is the default asset.</summary>
    /// <exception cref="InvalidRequestException">The ledger does not know the asset.</exception>
    public int Of(string? asset)
    {
        var code = asset ?? DefaultAsset;
        if (_scales.TryGetValue(code, out var scale)
            || (Iso4217.IsCurrent(code) && Iso4217.TryGetScale(code, out scale)))
            return scale;
        throw new InvalidRequestException("asset",
            $"'{code}' {Iso4217.WhyUnknown(code)}; "
            + $"declare it with 'settle asset {code} --scale N'");
    }

    /// <summary>The number of decimals of an asset; empty is the default asset.</summary>
    /// <exception cref="InvalidRequestException">The ledger does not know the asset.</exception>
    public int Of(ReadOnlySpan<byte> asset)
    {
        if (asset.IsEmpty) return Of(DefaultAsset);
        if (asset.SequenceEqual(_last)) return _lastScale;
        Texts.CheckAsset("asset", asset);
        _lastScale = Of(Encoding.UTF8.GetString(asset));
        _last = asset.ToArray();
        return _lastScale;
    }

    /// <summary>Writes an amount in the major unit.</summary>
    public string Format(Int128 minor, string? asset) => Amounts.Format(minor, Of(asset));
}
