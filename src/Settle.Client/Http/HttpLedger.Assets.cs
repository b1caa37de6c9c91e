using System.Text.Json.Serialization.Metadata;
using Settle.Http;

namespace Settle;

/// <content>What is known of the ledger's assets, between money and the wire.</content>
public sealed partial class HttpLedger
{
    // Asked for again when an asset turns up that it does not have.
    private volatile LedgerInfo? _info;

    /// <summary>The default asset, of a ledger that has its first block.</summary>
    internal string DefaultAsset => _info!.Asset;

    /// <summary>Whether the decimals of an asset are known; null means the default asset.</summary>
    internal bool Knows(string? asset) => asset is not null
        ? LedgerInfo.ScaleOf(asset, _info) is not null : _info is { Height: > 0 };

    /// <summary>The decimals of an asset that <see cref="Knows"/> does.</summary>
    internal int ScaleOf(string? asset) =>
        LedgerInfo.ScaleOf(asset ?? DefaultAsset, _info)!.Value;

    /// <summary>
    /// The transfer with an asset that is known then. Before the first block it is always named:
    /// somebody may be about to make another one the default.
    /// </summary>
    /// <exception cref="InvalidRequestException">The ledger does not know the asset.</exception>
    internal async ValueTask<TransferRequest> WithAssetAsync(
        TransferRequest request, CancellationToken cancellationToken) => request with
        {
            Asset = await LearnAsync(request.Asset, cancellationToken).ConfigureAwait(false),
        };

    /// <summary>An amount as the wire has it, with its asset.</summary>
    /// <param name="field">The field's name, for errors.</param>
    /// <param name="amount">The amount.</param>
    /// <param name="asset">What it must be in; null for its own, or else the default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="allowZero">Whether it may be zero.</param>
    /// <exception cref="InvalidRequestException">It cannot be stated in the asset.</exception>
    internal async ValueTask<Money> InMinorAsync(string field, Money amount, string? asset,
        CancellationToken cancellationToken, bool allowZero = false)
    {
        asset ??= amount.Asset;
        if (!Knows(asset)) asset = await LearnAsync(asset, cancellationToken).ConfigureAwait(false);
        var (code, scale) = (asset ?? DefaultAsset, ScaleOf(asset));
        return Money.OfMinor(amount.ToMinor(field, code, scale, allowZero), asset, scale);
    }

    /// <summary>An amount of an answer; as it is where the asset's decimals are unknown.</summary>
    internal Money AmountOf(Int128 minor, string asset) =>
        LedgerInfo.ScaleOf(asset, _info) is { } scale
            ? Money.OfMinor(minor, asset, scale) : Money.InLedgersScale(minor, asset);

    /// <summary>Reads an answer, after asking about its assets if there are new ones.</summary>
    internal async ValueTask<T> AnswerAsync<T>(
        HttpReply reply, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var (answer, isComplete) = reply.ReadAmounts(type, _info);
        if (isComplete) return answer;
        await GetInfoAsync(cancellationToken).ConfigureAwait(false);
        return reply.ReadAmounts(type, _info).Answer;
    }

    // A dry run is sent alone: a batch has none.
    private async Task<Transfer> RehearseAsync(
        TransferRequest request, CancellationToken cancellationToken)
    {
        WireTexts.Check(request, -1);
        var amount = await InMinorAsync("amount", request.Amount, request.Asset, cancellationToken)
            .ConfigureAwait(false);
        var id = request.Id ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/transfers", id,
            request with { Id = id, Amount = amount, Asset = amount.Asset },
            WireJson.Compact.TransferRequest, WireJson.Compact.Transfer, cancellationToken)
            .ConfigureAwait(false);
    }

    private async ValueTask<string?> LearnAsync(string? asset, CancellationToken cancellationToken)
    {
        var info = await GetInfoAsync(cancellationToken).ConfigureAwait(false);
        if (asset is null) return info.Height > 0 ? null : info.Asset;
        return Knows(asset) ? asset : throw new InvalidRequestException("asset",
            $"'{asset}' {Iso4217.WhyUnknown(asset)}");
    }
}
