namespace Settle.State;

/// <summary>
/// The durable assets of a ledger: between money and the minor units of entries. It never changes;
/// with a new asset there is a new one.
/// </summary>
internal sealed class LedgerAssets(IReadOnlyList<AssetInfo> all)
{
    public static LedgerAssets None { get; } = new([]);

    public IReadOnlyList<AssetInfo> All => all;

    /// <summary>
    /// The default asset; before the first block the one that a ledger gets if nobody names one.
    /// </summary>
    public AssetInfo Default { get; } = all.Count > 0 ? all[0] : new AssetInfo("USD", 2);

    // An array: each transfer asks twice, and walking a list of unknown type allocates.
    private readonly AssetInfo[] _all = [.. all];

    public int? ScaleOf(string code) =>
        OwnScale(code) ?? (Iso4217.TryGetScale(code, out var scale) ? scale : null);

    /// <summary>An amount of an entry; as it is where nobody declared its asset.</summary>
    public Money Of(Int128 minor, string asset) => ScaleOf(asset) is { } scale
        ? Money.OfMinor(minor, asset, scale) : Money.InLedgersScale(minor, asset);

    /// <inheritdoc cref="Of(Int128, string)"/>
    public Money Of(Int128 minor, RequestBatch batch, Slice asset) =>
        Of(minor, asset.IsEmpty ? Default.Code : batch.Text(asset));

    /// <summary>
    /// The minor units of an amount that is asked for, and its asset where that is named. Before
    /// the first block it always is: another writer may be about to make another one the default.
    /// </summary>
    /// <param name="field">The field's name, for errors.</param>
    /// <param name="amount">The amount.</param>
    /// <param name="asset">What it must be in; null for its own, or else the default.</param>
    /// <param name="allowZero">Whether it may be zero.</param>
    /// <exception cref="InvalidRequestException">It cannot be stated in the asset.</exception>
    public (long Minor, string? Asset) Read(
        string field, Money amount, string? asset, bool allowZero = false)
    {
        asset ??= amount.Asset;
        if (amount.IsInLedgersScale) return (amount.ToMinor(field, 0, allowZero), asset);
        if (asset is null && all.Count == 0) asset = Default.Code;
        var code = asset ?? Default.Code;
        if (OwnScale(code) is not { } scale
            && (Iso4217.IsFormer(code) || !Iso4217.TryGetScale(code, out scale)))
            throw new InvalidRequestException("asset", $"'{code}' {Iso4217.WhyUnknown(code)}");
        return (amount.ToMinor(field, code, scale, allowZero), asset);
    }

    private int? OwnScale(string code)
    {
        foreach (var asset in _all) if (asset.Code == code) return asset.Scale;
        return null;
    }
}
