using Settle.Billing;
using Settle.Tests.Local;
using Settle.Views;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>In which language a letter is, and that all of it is.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("de", null, "Rechnung")]
    [InlineData("fr", null, "Facture")]
    [InlineData("de", "en", "Invoice")]
    [InlineData(null, null, "Invoice")]
    [InlineData(null, "fr", "Facture")]
    public async Task The_sellers_language_counts_unless_the_customer_has_one(string? seller, string? customer, string title)
    {
        var invoice = new Bill { From = Bill.Seller with { Language = seller }, To = Bill.Buyer with { Language = customer } }
            .Line("Tea", 1, 1m).Make();
        Assert.Contains($"{title} 2026-000123", await PdfReading.TextAsync(invoice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_French_letter_is_French()
    {
        var text = await PdfReading.TextAsync(new Bill { From = Bill.Seller with { Language = "fr" }, To = Bill.Buyer with { Language = null, Country = "US" } }
            .Line("Bureau", 2, 1234.5m, unit: "MON").Line("Fret", 1, 10m, "exempt", day: 9).Make());
        foreach (var part in new[] { "Facture 2026-000123", "31/10/2026", "Échéance", "2 mois", "2 469,00", "TVA 19 % sur", "Exonéré de TVA.",
            "Payable au plus tard le 14/11/2026, sans escompte.", "Page 1 sur 1", "ÉTATS-UNIS", "Montant à payer" })
        {
            Assert.Contains(part, text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Days_stand_apart_from_the_text_and_are_never_broken()
    {
        var invoice = new Bill { To = Bill.Buyer with { Language = "en" } }.Line("Locker", 1, 10m).Line("Desk", 1, 10m).Make();
        invoice = invoice with
        {
            Lines = [invoice.Lines[0] with { Date = new DateOnly(2026, 8, 31) },
                invoice.Lines[1] with { Start = new DateOnly(2026, 10, 16), Date = new DateOnly(2026, 10, 31) }],
        };
        var words = await PdfReading.WordsAsync(invoice);
        var text = Assert.Single(words, word => word.Text == "Locker");
        var year = Assert.Single(words, word => word.Text == "2026" && Math.Abs(word.Top - text.Top) < 1);
        Assert.InRange(text.Left - year.Right, 4, 20);
        var letter = (await PdfReading.TextAsync(invoice)).Replace('\u00A0', ' ');
        Assert.Contains("31 Aug 2026 –\n31 Oct 2026", letter, StringComparison.Ordinal);
        Assert.Contains("16 Oct 2026 – 31 Oct 2026", letter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Bank fee for the payment of 119.00 USD returned on 9 Nov 2026")]
    [InlineData("de", "Bankgebühr für die am 09.11.2026 zurückgegebene Zahlung über 119,00 USD")]
    [InlineData("fr", "Frais bancaires pour le paiement de 119,00 USD rejeté le 09/11/2026")]
    public async Task A_fee_names_the_payment_as_the_customer_knows_it(string language, string text)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var billing = ledger.Billing;
        await PutAsync(billing, Bill.Seller, Bill.Buyer with { Language = language });
        await billing.PayAsync(new PaymentRequest { Customer = "d", Amount = Money.Of(119, "USD"), Id = "bank:450d55abef80", Date = new DateOnly(2026, 11, 5) });
        await billing.ChargebackAsync(new ChargebackRequest
        {
            Payment = "bank:450d55abef80", Fee = Money.Of(3, "USD"), Date = new DateOnly(2026, 11, 9), Id = "b1",
        });
        var run = await billing.InvoiceAsync(new InvoiceRunRequest { Through = new DateOnly(2026, 11, 30), Date = new DateOnly(2026, 11, 30), Customer = "d" });
        var invoice = (await billing.GetInvoiceAsync(run.Invoices.Single().Number))!;
        Assert.Equal(text, invoice.Lines.Single().Description);
        Assert.Equal("Bank fee for the payment of 119.00 USD returned on 9 Nov 2026", (await billing.GetChargeAsync("b1"))!.Description);
    }

    [Fact]
    public void Every_language_has_all_words()
    {
        var english = InvoiceWords.Of("en");
        foreach (var language in new[] { "de", "fr" })
        {
            var words = InvoiceWords.Of(language);
            var same = typeof(InvoiceWords).GetProperties().Where(word => word.PropertyType == typeof(string)
                && Equals(word.GetValue(english), word.GetValue(words))).Select(word => word.Name);
            // These are the same words.
            Assert.Empty(same.Except(["Date", "Description", "Page", "Day", "Leitweg", "Position", "Bank", "PercentSpace", "Net", "TaxSummary"]));
        }
    }

    [Fact]
    public async Task A_ledger_makes_letters_in_the_sellers_language()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var billing = ledger.Billing;
        await PutAsync(billing, Bill.Seller with { Language = "fr" }, Bill.Buyer with { Language = null, OrderNumber = "PO-7", BuyerReference = "Einkauf 3" });
        await billing.ChargeAsync(new ChargeRequest { Customer = "d", Amount = Money.Of(10, "USD"), Description = "Thé", Date = new DateOnly(2026, 10, 3) });
        var run = await billing.InvoiceAsync(new InvoiceRunRequest { Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 10, 31) });
        var invoice = (await billing.GetInvoiceAsync(run.Invoices.Single().Number))!;
        Assert.Equal("fr", invoice.Language);
        var text = await PdfReading.TextAsync(invoice);
        Assert.Contains("N° de commande", text, StringComparison.Ordinal);
        Assert.Contains("PO-7", text, StringComparison.Ordinal);
        var model = ElectronicInvoice.Of(invoice);
        Assert.Equal(("PO-7", "Einkauf 3"), (model.OrderReference, model.BuyerReference));
    }

    [Fact]
    public async Task A_run_says_on_its_invoices_what_it_was_told_to()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var billing = ledger.Billing;
        await PutAsync(billing, Bill.Seller, Bill.Buyer with { OrderNumber = "PO-7" });
        await billing.ChargeAsync(new ChargeRequest { Customer = "d", Amount = Money.Of(10, "USD"), Description = "Tea", Date = new DateOnly(2026, 10, 3) });
        var asked = new InvoiceRunRequest
        {
            Id = "run-1", Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 10, 31), Customer = "d",
            Note = "Danke für den Auftrag", OrderNumber = "PO-8", BuyerReference = "Einkauf 3",
        };
        foreach (var other in new[] { asked with { Customer = null }, asked with { Note = "བོད" } })
        {
            var error = await Assert.ThrowsAsync<InvalidRequestException>(() => billing.InvoiceAsync(other));
            Assert.Equal(other.Customer is null ? "order_number" : "note", error.Field);
        }
        var run = await billing.InvoiceAsync(asked);
        var invoice = (await billing.GetInvoiceAsync(run.Invoices.Single().Number))!;
        var text = await PdfReading.TextAsync(invoice);
        foreach (var part in new[] { "Danke für den Auftrag", "Bestellnr. PO-8", "Ihr Zeichen Einkauf 3" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        var model = ElectronicInvoice.Of(invoice);
        Assert.Equal(("PO-8", "Einkauf 3", "Danke für den Auftrag"), (model.OrderReference, model.BuyerReference, model.Notes.Single().Text));
        Assert.True((await billing.InvoiceAsync(asked)).Invoices.Single().Replayed);
        foreach (var (other, field) in new[] { (asked with { Note = "Danke" }, "note"), (asked with { OrderNumber = null }, "order_number"), (asked with { BuyerReference = "x" }, "buyer_reference") })
        {
            var error = await Assert.ThrowsAsync<IdReusedException>(() => billing.InvoiceAsync(other));
            Assert.Equal(field, error.Field);
        }
    }

    [Fact]
    public async Task A_language_that_letters_do_not_know_is_refused()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "d", Party = Bill.Buyer with { Language = "tlh" } }));
        Assert.Equal("party.language: 'tlh' is not a language of letters; use de, en or fr", error.Message);
    }

    private static async Task PutAsync(IBilling billing, Party seller, Party buyer)
    {
        await billing.PutSellerAsync(new SellerRequest { Party = seller, TaxRates = ["19"], DefaultTax = "19" });
        await billing.PutCustomerAsync(new CustomerRequest { Customer = "d", Party = buyer });
    }
}
