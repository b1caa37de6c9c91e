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
    [JsonPropertyName("l")]
    public ulong Location { get; init; }

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
            return JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(text), CursorJson.Default.Cursor)
                ?? throw NotOurs();
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            throw NotOurs();
        }
    }

    private static InvalidRequestException NotOurs() =>
        new("after", "must be the 'next' of an earlier page, unchanged");
}
