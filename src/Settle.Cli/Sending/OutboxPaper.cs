using Settle.Paper.Letters;
using Settle.Views;

namespace Settle.Cli.Sending;

/// <summary>What is sent to a customer: an invoice, a credit note, a reminder or a quote.
/// </summary>
internal sealed class OutboxPaper
{
    private OutboxPaper()
    {
    }

    public required string Number { get; init; }

    public required string Customer { get; init; }

    /// <summary>The height of the block that made it.</summary>
    public required long Block { get; init; }

    public required Party Seller { get; init; }

    public required string Language { get; init; }

    /// <summary>Which text its mail has.</summary>
    public required string Kind { get; init; }

    /// <summary>What is filled into the text.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Makes the letter, a PDF file.</summary>
    public required Func<byte[]> Letter { get; init; }

    /// <summary>Makes the XRechnung of an authority; null for others.</summary>
    public Func<byte[]>? Xml { get; init; }

    public static OutboxPaper Of(Invoice invoice)
    {
        var words = InvoiceWords.Of(invoice.Language);
        var values = ValuesOf(invoice.Seller, invoice.Buyer, invoice.Customer);
        var numbers = new LetterNumbers(words, invoice.Scale);
        values["number"] = invoice.Number;
        (values["title"], values["kind"]) = (words.TitleOf(invoice), words.KindOf(invoice));
        values["date"] = words.DayText(invoice.Date);
        values["due"] = words.DayText(invoice.Due);
        // A credit note is for what it credits, and not for what deposits brought.
        var amount = invoice.Kind == InvoiceType.CreditNote
            ? invoice.Payable : invoice.Amount;
        values["amount"] = $"{numbers.Amount(amount)} {invoice.Asset}";
        values["open"] = $"{numbers.Amount(invoice.Open)} {invoice.Asset}";
        values["corrects"] = invoice.Corrects ?? "";
        values["valid"] = "";
        var debit = DirectDebit.Of(invoice);
        values["debit"] = debit is null ? "" : words.DayText(debit.Day);
        values["mandate"] = debit?.Mandate ?? "";
        return new OutboxPaper
        {
            Number = invoice.Number,
            Customer = invoice.Customer,
            Block = invoice.Block,
            Seller = invoice.Seller,
            Language = invoice.Language,
            Kind = invoice.Kind == InvoiceType.CreditNote ? "credit-note"
                : invoice.Open.IsZero ? "paid" : debit is not null ? "debit" : "invoice",
            Values = values,
            Letter = () => InvoicePaper.Pdf(invoice),
            // An authority takes the XRechnung itself, not one that is inside a letter.
            Xml = invoice.Buyer.LeitwegId is null ? null : () => InvoicePaper.Ubl(invoice),
        };
    }

    /// <param name="reminder">The reminder, with seller and customer.</param>
    /// <exception cref="InvalidRequestException">It has none, because they were erased.</exception>
    public static OutboxPaper Of(Reminder reminder)
    {
        if (reminder is not { Seller: { } seller, Buyer: { } buyer })
            throw new InvalidRequestException("reminder", "has no seller and customer");
        var language = Invoice.LanguageOf(seller, buyer);
        var words = InvoiceWords.Of(language);
        var numbers = new LetterNumbers(words, reminder.Total.Scale);
        var values = ValuesOf(seller, buyer, reminder.Customer);
        values["number"] = reminder.Number;
        values["title"] = values["kind"] = ReminderWords.Of(language).Title(reminder);
        values["date"] = words.DayText(reminder.Date);
        values["due"] = words.DayText(reminder.Due);
        values["amount"] = values["open"] =
            $"{numbers.Amount(reminder.Total)} {reminder.Asset}";
        values["corrects"] = values["debit"] = values["mandate"] = values["valid"] = "";
        return new OutboxPaper
        {
            Number = reminder.Number,
            Customer = reminder.Customer,
            Block = reminder.Block,
            Seller = seller,
            Language = language,
            Kind = "reminder",
            Values = values,
            Letter = () => ReminderPaper.Pdf(reminder),
        };
    }

    /// <param name="quote">The quote, with seller and customer.</param>
    /// <exception cref="InvalidRequestException">It has none, because they were erased.</exception>
    public static OutboxPaper Of(Quote quote)
    {
        if (quote is not { Seller: { } seller, Buyer: { } buyer })
            throw new InvalidRequestException("quote", "has no seller and customer");
        var language = Invoice.LanguageOf(seller, buyer);
        var (words, own) = (InvoiceWords.Of(language), QuoteWords.Of(language));
        var values = ValuesOf(seller, buyer, quote.Customer);
        values["number"] = quote.Number;
        values["title"] = own.Title;
        values["kind"] = own.Kind;
        values["date"] = words.DayText(quote.Date);
        values["due"] = quote.ValidUntil is { } last ? words.DayText(last) : "";
        values["valid"] = own.Terms(quote, words) ?? "";
        values["amount"] = $"{new LetterNumbers(words, quote.Amount.Scale).Amount(quote.Amount)} "
            + quote.Asset;
        values["open"] = values["corrects"] = values["debit"] = values["mandate"] = "";
        return new OutboxPaper
        {
            Number = quote.Number,
            Customer = quote.Customer,
            Block = quote.Block,
            Seller = seller,
            Language = language,
            Kind = "quote",
            Values = values,
            Letter = () => QuotePaper.Pdf(quote),
        };
    }

    private static Dictionary<string, string> ValuesOf(
        Party seller, Party buyer, string customer) => new(StringComparer.Ordinal)
        {
            ["customer"] = customer,
            ["name"] = buyer.Name,
            ["contact"] = buyer.Contact ?? buyer.Name,
            ["seller"] = seller.Name,
            ["iban"] = seller.Iban is { } iban ? LetterNumbers.Iban(iban) : "",
        };
}
