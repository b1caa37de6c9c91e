using System.Buffers.Text;
using System.Text.Json.Serialization;

namespace Settle.Reading;

/// <summary>
/// Where a list goes on, with the filter it was made with, so that a page never mixes two
/// questions.
/// </summary>
internal sealed record PageCursor
{
    /// <summary>The list goes on before this location.</summary>
    [JsonPropertyName("l")]
    public ulong Location { get; init; }

    /// <summary>How many rows before it were given already: several share a location.</summary>
    [JsonPropertyName("k")]
    public int Skip { get; init; }

    [JsonPropertyName("n")]
    public string? Name { get; init; }

    [JsonPropertyName("a")]
    public string? Account { get; init; }

    [JsonPropertyName("s")]
    public string? Status { get; init; }

    [JsonPropertyName("f")]
    public DateTimeOffset? From { get; init; }

    [JsonPropertyName("t")]
    public DateTimeOffset? To { get; init; }

    /// <summary>When the last hold ends, microseconds since 1970.</summary>
    [JsonPropertyName("e")]
    public long Ends { get; init; }

    public string Encode() =>
        Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(this, PageCursorJson.Default.PageCursor));

    /// <exception cref="InvalidRequestException">It is not one of our cursors.</exception>
    public static PageCursor Decode(string text)
    {
        try
        {
            var cursor = JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(text), PageCursorJson.Default.PageCursor);
            return cursor is { Skip: >= 0 and <= Limits.PostingsMax } ? cursor : throw NotOurs();
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            throw NotOurs();
        }
    }

    /// <exception cref="InvalidRequestException">No page is as long.</exception>
    public static void CheckLimit(int limit)
    {
        if (limit is < 1 or > Pages.LimitMax)
            throw Parse.NotInRange("limit", $"{limit}", 1, Pages.LimitMax);
    }

    /// <summary>The cursor of a page that names another filter than the one before.</summary>
    public static InvalidRequestException OtherFilter(string field) =>
        new(field, "is not what the page before was asked with");

    private static InvalidRequestException NotOurs() =>
        new("after", "must be the 'next' of an earlier page, unchanged");
}
