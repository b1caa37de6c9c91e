using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What people read in a quote.</summary>
public sealed class QuoteLetterTests
{
    private static Quote Quote => new()
    {
        Number = "Q2026-000007", Id = "q-1", Customer = "müller", Date = new DateOnly(2026, 11, 2),
        ValidUntil = new DateOnly(2026, 11, 30), Status = QuoteStatus.Open, Note = "Vielen Dank für die Anfrage.",
        Lines = Bill.Lines, Taxes = Bill.Taxes, Net = Bill.Net, Tax = Bill.Tax, Rounding = Bill.Rounding,
        Amount = Bill.Amount, Seller = Bill.Seller, Buyer = Bill.Buyer, Block = 7,
    };

    private static Invoice Bill => Examples.All["plain"];

    [Theory]
    [InlineData("de", "Angebot Q2026-000007", "Gültig bis", "Gesamtbetrag", "Dieses Angebot gilt bis zum 30.11.2026.")]
    [InlineData("en", "Quote Q2026-000007", "Valid until", "Total", "This quote is valid until 30 Nov 2026.")]
    [InlineData("fr", "Devis Q2026-000007", "Valable jusqu’au", "Montant total", "Ce devis est valable jusqu’au 30/11/2026.")]
    public void A_quote_is_in_the_customers_language(
        string language, string title, string label, string total, string terms)
    {
        var read = Read(Quote with { Buyer = Bill.Buyer with { Language = language } });
        foreach (var part in new[] { title, label, total, terms, "Vielen Dank für die Anfrage.", Bill.Buyer.Name,
            Bill.Lines[0].Description })
            Assert.Contains(part, read, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_asked_to_pay_it()
    {
        var read = Read(Quote with { ValidUntil = null });
        foreach (var part in new[] { "Zahlbar", "Verwendungszweck", "Banking-App", "Fällig", "Rechnung", "gilt bis" })
            Assert.DoesNotContain(part, read, StringComparison.Ordinal);
        var letter = QuotePaper.Pdf(Quote);
        Assert.Equal(letter, QuotePaper.Pdf(Quote));
        Assert.DoesNotContain("factur-x.xml", System.Text.Encoding.Latin1.GetString(letter), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "Angebotsnr.")]
    [InlineData("en", "Quote no.")]
    [InlineData("fr", "N° de devis")]
    public void An_invoice_names_the_quotes_that_it_is_of(string language, string label)
    {
        var invoice = Bill with
        {
            Quotes = ["Q2026-000007", "Q2026-000009"], Buyer = Bill.Buyer with { Language = language },
        };
        var read = LetterText.Of(invoice);
        Assert.Contains(label, read, StringComparison.Ordinal);
        Assert.Contains("Q2026-000007", read, StringComparison.Ordinal);
        Assert.Contains("Q2026-000009", read, StringComparison.Ordinal);
        foreach (var xml in new[] { InvoicePaper.Ubl(invoice), InvoicePaper.Cii(invoice) })
            Assert.Contains("Q2026-000007, Q2026-000009", System.Text.Encoding.UTF8.GetString(xml), StringComparison.Ordinal);
        Assert.DoesNotContain(InvoicePaper.Check(invoice), found => found.Severity == RuleSeverity.Fatal);
    }

    [Fact]
    public void Of_a_list_or_of_somebody_erased_there_is_no_letter()
    {
        Assert.Equal("quote", Assert.Throws<InvalidRequestException>(
            () => QuotePaper.Pdf(Quote with { Buyer = null })).Field);
        Assert.Equal("customer", Assert.Throws<InvalidRequestException>(
            () => QuotePaper.Pdf(Quote with { Buyer = new Party { Name = "?", Country = "ZZ" } })).Field);
    }

    private static string Read(Quote quote) => string.Join('\n', LetterText.PagesOf(QuotePaper.Pdf(quote)));
}
