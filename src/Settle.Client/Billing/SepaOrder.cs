namespace Settle;

/// <summary>
/// Instructions to a bank in one file: to collect invoices, or to pay refunds, on a day. The same
/// order always gives the same file.
/// </summary>
public sealed record SepaOrder
{
    /// <inheritdoc cref="SepaOrderSummary.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="SepaOrderSummary.Type"/>
    public required SepaOrderType Type { get; init; }

    /// <inheritdoc cref="SepaOrderSummary.Date"/>
    public required DateOnly Date { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>What the bank knows its file by.</summary>
    public required string MessageId { get; init; }

    /// <summary>The asset's code: EUR.</summary>
    public string Asset => Amount.Asset!;

    /// <inheritdoc cref="SepaOrderSummary.Amount"/>
    public required Money Amount { get; init; }

    /// <summary>The seller as it was then, without its logo.</summary>
    public required Party Seller { get; init; }

    /// <summary>What is collected or paid.</summary>
    public required IReadOnlyList<SepaItem> Items { get; init; }

    /// <summary>The height of the block that made it; 0 in a dry run.</summary>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
