namespace Settle.Bank;

/// <summary>What the ledger knows that matching needs.</summary>
/// <param name="Open">The invoices that are open.</param>
internal sealed record BankBooks(IReadOnlyList<OpenInvoice> Open)
{
    /// <summary>The numbers of credit notes, and of invoices that are not open.</summary>
    public IReadOnlyList<KnownNumber> Others { get; init; } = [];

    /// <summary>
    /// What a bank may have collected at once, by the references of its message.
    /// </summary>
    public IReadOnlyList<BankDebit> Debits { get; init; } = [];

    /// <summary>The reminders that the lines name.</summary>
    public IReadOnlyList<BankReminder> Reminders { get; init; } = [];

    /// <summary>The payments that the lines may take back, or repeat.</summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];
}
