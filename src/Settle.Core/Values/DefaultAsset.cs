namespace Settle;

/// <summary>
/// What the default asset of a new ledger may be: a currency, or an asset of its own with a scale.
/// </summary>
internal static class DefaultAsset
{
    /// <summary>The number of decimals that the asset will have.</summary>
    /// <exception cref="InvalidRequestException">The code or the scale is wrong.</exception>
    public static int Scale(string asset, int? scale)
    {
        Texts.CheckAsset("asset", Encoding.UTF8.GetBytes(Texts.Given("asset", asset)));
        if (scale is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
        if (!Iso4217.IsCurrent(asset) || !Iso4217.TryGetScale(asset, out var known))
        {
            return scale ?? throw new InvalidRequestException("asset",
                $"'{asset}' {Why(asset)}; give its scale too (how many decimals it has)");
        }
        return scale is null || scale == known
            ? known
            : throw new InvalidRequestException(
                "scale", $"ISO 4217 gives {asset} {known} decimals");
    }

    private static string Why(string asset) => Iso4217.IsFormer(asset)
        ? Iso4217.WhyUnknown(asset) : "is not in ISO 4217";
}
