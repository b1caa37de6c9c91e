namespace Settle;

/// <summary>
/// A request to pay refunds by SEPA credit transfer. A refund is in one order at most, however
/// often this is asked for.
/// </summary>
public sealed record PayoutRequest
{
    /// <inheritdoc cref="DebitRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The ids of the refunds; null for those since <see cref="From"/>.</summary>
    public IReadOnlyList<string>? Refunds { get; init; }

    /// <summary>
    /// All refunds from this day on that go outside the ledger. Name either this day or the
    /// refunds, because older ones were paid in other ways.
    /// </summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// The day on which they are paid, on which banks work; null for the first such day after
    /// today.
    /// </summary>
    public DateOnly? Date { get; init; }

    /// <summary>Only shows what would be paid.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }
}
