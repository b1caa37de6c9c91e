using Settle.Journals;

namespace Settle.Cli.Input;

/// <summary>Amounts as people read and write them: in the major unit of their asset.</summary>
internal sealed class Scales(LedgerInfo info)
{
    private readonly AssetScales _scales = new(info);

    public static async Task<Scales> OfAsync(ILedger ledger, CancellationToken cancellation) =>
        new(await ledger.GetInfoAsync(cancellation));

    /// <inheritdoc cref="AssetScales.AssumedAsset"/>
    public string? AssumedAsset => _scales.AssumedAsset;

    /// <summary>The ledger's default asset.</summary>
    public string DefaultAsset => _scales.DefaultAsset;

    /// <summary>Reads an amount; a null asset is the ledger's default.</summary>
    /// <exception cref="InvalidRequestException">No amount, or an unknown asset.</exception>
    public long Parse(string field, string text, string? asset, bool allowZero = false) =>
        Amounts.Parse(field, text, _scales.Of(asset), allowZero);

    /// <inheritdoc cref="AssetScales.Of(string?)"/>
    public int Of(string? asset) => _scales.Of(asset);

    /// <summary>Writes an amount, without the asset.</summary>
    public string Format(Int128 minor, string? asset) => _scales.Format(minor, asset);

    /// <summary>Writes an amount with its asset.</summary>
    public string FormatMoney(Int128 minor, string? asset) =>
        $"{_scales.Format(minor, asset)} {asset ?? _scales.DefaultAsset}";
}
