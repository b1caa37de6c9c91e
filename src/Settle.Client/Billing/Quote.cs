namespace Settle;

/// <summary>An offer to a customer.</summary>
public sealed record Quote
{
    /// <summary>Its number, without gaps in the series of quotes: <c>Q2026-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The last day on which it can be accepted; null for no such day.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>What has become of it, as of today.</summary>
    public required QuoteStatus Status { get; init; }

    /// <summary>The day on which it was accepted or declined; null for neither.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>
    /// What it offers; each line names its charge, which is open once the quote is accepted. Null
    /// in lists.
    /// </summary>
    public IReadOnlyList<InvoiceLine>? Lines { get; init; }

    /// <summary>The taxes, one per category and rate; null in lists.</summary>
    public IReadOnlyList<InvoiceTax>? Taxes { get; init; }

    /// <summary>The sum of its lines without tax.</summary>
    public required Money Net { get; init; }

    /// <summary>The sum of its taxes.</summary>
    public required Money Tax { get; init; }

    /// <inheritdoc cref="Invoice.Rounding"/>
    public Money? Rounding { get; init; }

    /// <summary>What it comes to: net, tax and rounding.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>A text for the customer; null for none, and in lists.</summary>
    public string? Note { get; init; }

    /// <summary>The seller, as it was then; null in lists.</summary>
    public Party? Seller { get; init; }

    /// <summary>The customer, as it was then; null in lists.</summary>
    public Party? Buyer { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
