namespace Settle;

/// <summary>An invoice or a refund that a SEPA order leaves out, with the reason.</summary>
public sealed record SkippedItem
{
    /// <inheritdoc cref="SepaItem.Number"/>
    public required string Number { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>A stable code, such as <c>mandate_expired</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong and what to do, for people.</summary>
    public required string Reason { get; init; }
}
