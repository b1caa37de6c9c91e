using System.Text.Json.Serialization;

namespace Settle;

/// <summary>A decided hold.</summary>
public sealed record Hold
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The account whose money is reserved.</summary>
    public required string From { get; init; }

    /// <summary>The account that a capture pays.</summary>
    public required string To { get; init; }

    /// <summary>Minor units that were reserved.</summary>
    public required long Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <inheritdoc cref="Transfer.Status"/>
    public required string Status { get; init; }

    /// <inheritdoc cref="Transfer.Reason"/>
    public string? Reason { get; init; }

    /// <summary>
    /// <c>open</c>, <c>captured</c>, <c>voided</c> or <c>expired</c>; null if rejected.
    /// </summary>
    public string? State { get; init; }

    /// <summary>When it expires by itself, UTC.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <inheritdoc cref="Transfer.Timestamp"/>
    public string? Timestamp { get; init; }

    /// <inheritdoc cref="Transfer.Memo"/>
    public string? Memo { get; init; }

    /// <inheritdoc cref="Transfer.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
