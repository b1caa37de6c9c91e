using Settle.Billing;
using Settle.Views;

namespace Settle.Paper.Letters;

/// <summary>What a letter begins with: who writes to whom, when, and about what.</summary>
internal sealed record LetterSubject
{
    public required Party Seller { get; init; }

    public required Party Receiver { get; init; }

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>A text before everything else; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>What stands beside the address; what has no value is left out.</summary>
    public required IEnumerable<(string Label, string? Value)> Facts { get; init; }

    /// <summary>Whether a Swiss payment part is at the bottom, where nothing else may stand.
    /// </summary>
    public bool HasPaymentPart { get; init; }

    /// <summary>What the pages after the first one begin with.</summary>
    public string RunningHead => $"{Seller.Name} · {Title}";

    /// <summary>That of an invoice or a credit note.</summary>
    public static LetterSubject Of(Invoice invoice, InvoiceWords words, string title) => new()
    {
        Seller = invoice.Seller,
        Receiver = invoice.Buyer,
        Language = invoice.Language,
        Title = title,
        Date = invoice.Date,
        Note = invoice.Note,
        Facts = FactsOf(invoice, words),
        HasPaymentPart = SwissReference.CanPay(invoice),
    };

    private static IEnumerable<(string Label, string? Value)> FactsOf(
        Invoice invoice, InvoiceWords words)
    {
        var isCredit = invoice.Kind == InvoiceType.CreditNote;
        yield return (isCredit ? words.CreditNumber : words.Number, invoice.Number);
        yield return (words.Date, words.DayText(invoice.Date));
        if (!isCredit && !invoice.Payable.IsZero)
            yield return (words.Due, words.DayText(invoice.Due));
        if (isCredit) yield return (words.Corrects, invoice.Corrects);
        if (invoice.Lines.Count > 0 && !invoice.IsOfDeposit)
        {
            var (first, last) =
                (invoice.Lines.Min(line => line.Start ?? line.Date),
                    invoice.Lines.Max(line => line.Date));
            yield return first == last ? (words.ServiceDate, words.DayText(first))
                : (words.Period, words.PeriodText(first, last));
        }
        yield return (QuoteWords.Of(invoice.Language).Number,
            invoice.Quotes is { Count: > 0 } quotes ? string.Join(", ", quotes) : null);
        yield return (words.Order, invoice.OrderNumber);
        yield return (words.YourReference, invoice.BuyerReference);
        yield return (words.Customer, invoice.Customer);
        yield return (words.YourVatId, invoice.Buyer.VatId);
        yield return (words.Leitweg, invoice.Buyer.LeitwegId);
    }
}
