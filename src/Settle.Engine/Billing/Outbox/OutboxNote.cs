using System.Text.Json.Serialization;

namespace Settle.Billing;

/// <summary>A document of the outbox: the begin of a try, or its end.</summary>
internal sealed record OutboxNote
{
    /// <summary><c>outbox</c>, for views.</summary>
    public string Type { get; init; } = "outbox";

    /// <summary>A new one for each write: whoever reads it back knows whether it won.</summary>
    public required string Token { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// Of an end: <c>done</c>, <c>deferred</c>, <c>failed</c> or <c>released</c>.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>What was said: of a begin, how to recognize the effect in the world.</summary>
    public string? Note { get; init; }

    /// <summary>Of an end that is deferred: when the next try may begin.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Whether a document is there that cannot be read; the note says why.</summary>
    [JsonIgnore]
    public bool IsUnreadable { get; init; }
}
