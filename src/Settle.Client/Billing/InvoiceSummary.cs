namespace Settle;

/// <summary>An invoice or credit note in a list, without its lines and addresses.</summary>
public sealed record InvoiceSummary
{
    /// <inheritdoc cref="Invoice.Kind"/>
    public required InvoiceType Kind { get; init; }

    /// <inheritdoc cref="Invoice.Number"/>
    public required string Number { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <inheritdoc cref="Invoice.Date"/>
    public required DateOnly Date { get; init; }

    /// <inheritdoc cref="Invoice.Due"/>
    public required DateOnly Due { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <inheritdoc cref="Invoice.Net"/>
    public required Money Net { get; init; }

    /// <inheritdoc cref="Invoice.Tax"/>
    public required Money Tax { get; init; }

    /// <inheritdoc cref="Invoice.Amount"/>
    public required Money Amount { get; init; }

    /// <inheritdoc cref="Invoice.Open"/>
    public required Money Open { get; init; }

    /// <summary>
    /// What may still be deducted by those who pay early; null for nothing.
    /// </summary>
    public IReadOnlyList<CashDiscountOffer>? CashDiscounts { get; init; }

    /// <summary>The cash discount that was taken; null for none.</summary>
    public Money? Discounted { get; init; }

    /// <inheritdoc cref="Invoice.Status"/>
    public required InvoiceStatus Status { get; init; }

    /// <inheritdoc cref="Invoice.DebitDate"/>
    public DateOnly? DebitDate { get; init; }

    /// <inheritdoc cref="Invoice.Corrects"/>
    public string? Corrects { get; init; }

    /// <inheritdoc cref="Invoice.SettledBy"/>
    public string? SettledBy { get; init; }

    /// <inheritdoc cref="Invoice.RemindersHeld"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RemindersHeld { get; init; }

    /// <summary>How often its customer was reminded of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ReminderLevel { get; init; }

    /// <summary>How many charges it bills.</summary>
    public required int Charges { get; init; }

    /// <summary>The height of the block that made it; 0 in a dry run.</summary>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }

    /// <summary>Whether it is an invoice or credit note of this ledger, with a paper.</summary>
    internal bool HasPaper =>
        Kind is InvoiceType.Invoice or InvoiceType.CreditNote or InvoiceType.Deposit;
}
