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

    /// <summary>
    /// More than zero, at most 2^53-1 minor units, with no more decimals than the asset has.
    /// Without an asset it is in the ledger's default.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }

    /// <summary>
    /// When the client says it happened. Information only; kept with its offset, to 100 ns.
    /// </summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>A text for people, at most 1 024 UTF-8 bytes.</summary>
    public string? Memo { get; init; }

    /// <summary>The client's own key-value pairs, at most 50.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <summary>
    /// How long to wait at one of several sites if the money is at others, zero to a minute; null
    /// for what the ledger was opened with.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? Wait { get; init; }

    /// <summary>
    /// Whether only to tell what would be decided: the balances before and after, or the refusal.
    /// Nothing is recorded, and the id stays free. Not in a batch, and not at one of several sites.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }
}
