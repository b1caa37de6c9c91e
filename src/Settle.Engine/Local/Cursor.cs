using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settle.Local;

/// <summary>
/// Where a list goes on, with the filter it was made with, so that a page never mixes two
/// questions.
/// </summary>
internal sealed record Cursor
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

    public string Encode() =>
        Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(this, CursorJson.Default.Cursor));

    /// <exception cref="InvalidRequestException">It is no cursor of ours.</exception>
    public static Cursor Decode(string text)
    {
        try
        {
            var cursor = JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(text), CursorJson.Default.Cursor);
            return cursor is { Skip: >= 0 and <= Limits.PostingsMax } ? cursor : throw NotOurs();
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            throw NotOurs();
        }
    }

    private static InvalidRequestException NotOurs() =>
        new("after", "must be the 'next' of an earlier page, unchanged");
}
