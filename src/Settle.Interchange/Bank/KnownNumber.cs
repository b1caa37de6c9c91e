namespace Settle.Bank;

/// <summary>A number that a payer may name.</summary>
/// <param name="Number">It.</param>
/// <param name="Invoice">The invoice, while it is open; null for another document.</param>
/// <param name="IsCreditNote">Whether it is a credit note's.</param>
internal sealed record KnownNumber(string Number, OpenInvoice? Invoice, bool IsCreditNote)
{
    /// <summary>Whether it is a quote's.</summary>
    public bool IsQuote { get; init; }

    /// <summary>Whether it is an invoice's, open or not.</summary>
    public bool IsInvoice => !IsCreditNote && !IsQuote;
}
