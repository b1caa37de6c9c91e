using System.Text.Json.Serialization.Metadata;

namespace Settle.Wire;

/// <summary>
/// Reads answers with amounts. An amount is an integer in the minor unit; its asset is what the
/// innermost object around it names as <c>asset</c>, and how many decimals that has is up to ISO
/// 4217 or the ledger.
/// </summary>
internal sealed class AnswerReader
{
    // The serializer hands no state of the caller's to a converter.
    [ThreadStatic]
    private static AnswerReader? s_current;

    private readonly List<(long Start, long End, int Around, string? Asset)> _objects = [];
    private readonly LedgerInfo? _info;

    private AnswerReader(ReadOnlySpan<byte> utf8, LedgerInfo? info)
    {
        _info = info;
        var json = new Utf8JsonReader(utf8);
        var (at, isAsset) = (-1, false);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                _objects.Add((json.TokenStartIndex, long.MaxValue, at, null));
                at = _objects.Count - 1;
            }
            else if (json.TokenType == JsonTokenType.EndObject)
            {
                _objects[at] = _objects[at] with { End = json.TokenStartIndex };
                at = _objects[at].Around;
            }
            else if (isAsset && json.TokenType == JsonTokenType.String)
            {
                _objects[at] = _objects[at] with { Asset = json.GetString() };
            }
            isAsset = json.TokenType == JsonTokenType.PropertyName
                && json.ValueTextEquals("asset"u8);
        }
    }

    /// <summary>Whether every amount is of an asset whose decimals are known.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>
    /// Reads an answer. Without its decimals an amount is kept as it is, in the ledger's scale.
    /// </summary>
    /// <exception cref="JsonException">It is not an answer of this kind.</exception>
    public static (T? Answer, bool IsComplete) Read<T>(ReadOnlySpan<byte> utf8,
        JsonTypeInfo<T> type, LedgerInfo? info)
    {
        try
        {
            var reader = s_current = new AnswerReader(utf8, info);
            return (JsonSerializer.Deserialize(utf8, type), reader.IsComplete);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("the answer has invalid text", e);
        }
        finally
        {
            s_current = null;
        }
    }

    /// <summary>The amount at a place of the answer that is being read.</summary>
    public static Money AmountAt(long position, Int128 minorUnits) =>
        s_current?.Amount(position, minorUnits) ?? Money.InLedgersScale(minorUnits, null);

    private Money Amount(long position, Int128 minorUnits)
    {
        var asset = AssetAt(position) ?? throw new JsonException("an amount has no asset");
        if (LedgerInfo.ScaleOf(asset, _info) is { } scale)
            return Money.OfMinor(minorUnits, asset, scale);
        IsComplete = false;
        return Money.InLedgersScale(minorUnits, asset);
    }

    private string? AssetAt(long position)
    {
        var (low, high) = (0, _objects.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_objects[middle].Start < position) low = middle + 1;
            else high = middle;
        }
        // The last object that starts before it, or one around that, is around it too.
        for (var at = low - 1; at >= 0; at = _objects[at].Around)
            if (_objects[at].End > position && _objects[at].Asset is { } asset) return asset;
        return null;
    }
}
