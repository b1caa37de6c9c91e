namespace Settle;

/// <summary>An invoice that a SEPA order collects, or a refund that it pays.</summary>
public sealed record SepaItem
{
    /// <summary>The invoice's number, or the refund's id.</summary>
    public required string Number { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>The asset's code: EUR.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>What is collected or paid, in EUR.</summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// The reference that the bank's lines have: the number itself, unless it has characters that
    /// SEPA does not know.
    /// </summary>
    public required string EndToEndId { get; init; }

    /// <summary>
    /// Which use of the mandate it is: <c>FRST</c>, <c>RCUR</c> or <c>OOFF</c>; null for a refund.
    /// </summary>
    public string? Sequence { get; init; }

    /// <summary>
    /// The customer as it was then, with account and mandate; null once its name and address were
    /// erased.
    /// </summary>
    public Party? Party { get; init; }

    /// <summary>Whether it was cancelled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Cancelled { get; init; }
}
