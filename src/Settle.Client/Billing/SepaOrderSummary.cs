namespace Settle;

/// <summary>A SEPA order in a list, without what is in it.</summary>
public sealed record SepaOrderSummary
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it collects invoices or pays refunds.</summary>
    public required SepaOrderType Type { get; init; }

    /// <summary>The day on which the bank should act.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The asset's code: EUR.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>The sum of all that it was made of, in EUR.</summary>
    public required Money Amount { get; init; }

    /// <summary>How many invoices or refunds it was made of.</summary>
    public required int Count { get; init; }

    /// <summary>How many of them were cancelled.</summary>
    public required int Cancelled { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }
}
