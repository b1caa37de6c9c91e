namespace Settle;

/// <summary>A request to reserve money in the paying account.</summary>
public sealed record HoldRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The account whose money is reserved.</summary>
    public required string From { get; init; }

    /// <summary>The account that a capture pays.</summary>
    public required string To { get; init; }

    /// <inheritdoc cref="TransferRequest.Amount"/>
    public required Money Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }

    /// <summary>
    /// How long until it expires, from its block's time: whole seconds, at least one, at most 3 650
    /// days. Null if it never expires.
    /// </summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <exception cref="InvalidRequestException">It is not whole seconds, at least one.</exception>
    internal static long SecondsOf(TimeSpan expiresIn) =>
        expiresIn > TimeSpan.Zero && expiresIn.Ticks % TimeSpan.TicksPerSecond == 0
            ? expiresIn.Ticks / TimeSpan.TicksPerSecond
            : throw new InvalidRequestException("expires_in",
                $"{expiresIn} is not a number of whole seconds, at least 1");

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc cref="TransferRequest.Memo"/>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <inheritdoc cref="TransferRequest.Wait"/>
    [JsonIgnore]
    public TimeSpan? Wait { get; init; }
}
