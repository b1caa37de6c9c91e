using System.Buffers.Text;
using System.Text.Json.Serialization;

namespace Settle.Reading;

/// <summary>
/// Where a list goes on, with the filter it was made with, so that a page never mixes two
/// questions.
/// </summary>
internal sealed record PageCursor
{
    /// <summary>Which list it is of.</summary>
    [JsonPropertyName("w")]
    public required string List { get; init; }

    /// <summary>How the first block's hash begins: it tells ledgers apart.</summary>
    [JsonPropertyName("c")]
    public string? Chain { get; init; }

    /// <summary>The list goes on before this location.</summary>
    [JsonPropertyName("l")]
    public ulong Location { get; init; }

    /// <summary>How many rows before it were given already: several share a location.</summary>
    [JsonPropertyName("k")]
    public int Skip { get; init; }

    /// <summary>Where the last one was in its table, which may have changed since.</summary>
    [JsonPropertyName("r")]
    public int Row { get; init; }

    /// <summary>Whether the newest comes first.</summary>
    [JsonPropertyName("b")]
    public bool NewestFirst { get; init; }

    [JsonPropertyName("n")]
    public string? Name { get; init; }

    [JsonPropertyName("a")]
    public string? Account { get; init; }

    /// <summary>The code of the last one's asset; empty for the default one.</summary>
    [JsonPropertyName("x")]
    public string? Asset { get; init; }

    /// <summary>The site that gave the last one.</summary>
    [JsonPropertyName("y")]
    public string? Giver { get; init; }

    /// <summary>What names begin with.</summary>
    [JsonPropertyName("p")]
    public string? Prefix { get; init; }

    /// <summary>What is looked for.</summary>
    [JsonPropertyName("q")]
    public string? Words { get; init; }

    [JsonPropertyName("s")]
    public string? Status { get; init; }

    [JsonPropertyName("f")]
    public DateTimeOffset? From { get; init; }

    [JsonPropertyName("t")]
    public DateTimeOffset? To { get; init; }

    [JsonPropertyName("d")]
    public DateOnly? OnFrom { get; init; }

    [JsonPropertyName("g")]
    public DateOnly? OnTo { get; init; }

    /// <summary>When the last hold ends, microseconds since 1970.</summary>
    [JsonPropertyName("e")]
    public long Ends { get; init; }

    /// <summary>The moment that was asked for, as text; null for now.</summary>
    [JsonPropertyName("i")]
    public string? At { get; init; }

    /// <summary>The height that this moment was.</summary>
    [JsonPropertyName("h")]
    public long Height { get; init; }

    /// <summary>The time that it was, in microseconds since 1970.</summary>
    [JsonPropertyName("m")]
    public long Time { get; init; }

    public string Encode() =>
        Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(this, PageCursorJson.Default.PageCursor));

    /// <summary>The cursor that a page of a list ended with.</summary>
    /// <exception cref="InvalidRequestException">It is not one, or one of another list.</exception>
    public static PageCursor Decode(string text, string list)
    {
        try
        {
            var cursor = JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(text), PageCursorJson.Default.PageCursor);
            if (cursor is not { Skip: >= 0 and <= Limits.PostingsMax }) throw NotOurs();
            return cursor.List == list ? cursor : throw new InvalidRequestException("after",
                $"is the 'next' of a list of {Parse.Shorten(cursor.List)}, not of {list}");
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            throw NotOurs();
        }
    }

    /// <summary>Checks that a list is asked for as it was on the page before.</summary>
    /// <exception cref="InvalidRequestException">A filter has another value.</exception>
    public static void CheckSame<T>(string filter, T? asked, T? kept)
    {
        if (asked is not null && !EqualityComparer<T>.Default.Equals(asked, kept))
            throw new InvalidRequestException(filter, "is not what the page before was asked "
                + "with; leave it out, or begin without 'after'");
    }

    /// <exception cref="InvalidRequestException">No page is as long.</exception>
    public static void CheckLimit(int limit)
    {
        if (limit is < 1 or > Pages.LimitMax)
            throw Parse.NotInRange("limit", $"{limit}", 1, Pages.LimitMax);
    }

    /// <summary>The error that a cursor is which no page ended with.</summary>
    public static InvalidRequestException NotOurs() =>
        new("after", "must be the 'next' of an earlier page, unchanged");
}
