namespace Settle.Views;

/// <summary>The words of one language on quotes, and on the invoices that they lead to.</summary>
internal sealed record QuoteWords
{
    private static readonly QuoteWords English = new();

    private static readonly QuoteWords German = new()
    {
        Title = "Angebot",
        Kind = "Angebot",
        Number = "Angebotsnr.",
        ValidUntil = "Gültig bis",
        Total = "Gesamtbetrag",
        TermsText = "Dieses Angebot gilt bis zum {0}.",
        OfText = "Gemäß Angebot {0}",
    };

    private static readonly QuoteWords French = new()
    {
        Title = "Devis",
        Kind = "devis",
        Number = "N° de devis",
        ValidUntil = "Valable jusqu’au",
        Total = "Montant total",
        TermsText = "Ce devis est valable jusqu’au {0}.",
        OfText = "Selon le devis {0}",
    };

    public string Title { get; private init; } = "Quote";

    /// <summary>What it is called within a sentence.</summary>
    public string Kind { get; private init; } = "quote";

    public string Number { get; private init; } = "Quote no.";

    public string ValidUntil { get; private init; } = "Valid until";

    public string Total { get; private init; } = "Total";

    private string TermsText { get; init; } = "This quote is valid until {0}.";

    private string OfText { get; init; } = "As agreed in quote {0}";

    /// <summary>The words of a language; English where it is none of them.</summary>
    public static QuoteWords Of(string? language) => language switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };

    /// <summary>How long it can be accepted; null where no end is said.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="words">How days are written.</param>
    public string? Terms(Quote quote, InvoiceWords words) => quote.ValidUntil is not { } day ? null
        : string.Format(CultureInfo.InvariantCulture, TermsText, words.DayText(day));

    /// <summary>Which quotes an invoice is of; null for none.</summary>
    public string? OfQuotes(Invoice invoice) => invoice.Quotes is not { Count: > 0 } quotes ? null
        : string.Format(CultureInfo.InvariantCulture, OfText, string.Join(", ", quotes));
}
