namespace Settle;

/// <summary>A request to move money.</summary>
public sealed record TransferRequest
{
    /// <summary>
    /// The id, at most 128 UTF-8 bytes; an id is decided once, for ever. Null for a new one.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The paying account.</summary>
    public required string From { get; init; }

    /// <summary>The receiving account; not the paying one.</summary>
    public required string To { get; init; }

    /// <summary>Minor units, 1 to 2^53-1.</summary>
    public required long Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    public string? Asset { get; init; }

    /// <summary>
    /// When the client says it happened, RFC 3339 (<c>2026-11-21T20:23:11Z</c>). Information only.
    /// </summary>
    public string? Timestamp { get; init; }

    /// <summary>A text for people, at most 1 024 UTF-8 bytes.</summary>
    public string? Memo { get; init; }

    /// <summary>The client's own key-value pairs, at most 50.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
