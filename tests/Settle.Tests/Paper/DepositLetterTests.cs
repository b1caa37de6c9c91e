using System.Xml.Linq;
using Settle.Paper.Xml;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What a deposit invoice says, and the final one that deducts it.</summary>
public sealed class DepositLetterTests
{
    private const string Settlement = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/";

    // UNTDID 1001 has 386; XRechnung does not know it.
    [Theory]
    [InlineData(null, "386")]
    [InlineData("04011000-12345-03", "326")]
    public async Task A_deposit_invoice_is_a_prepayment_invoice_whose_tax_is_due_when_it_is_paid(string? leitweg, string type)
    {
        var (deposit, _) = await InvoicesAsync("de", leitweg);
        Assert.DoesNotContain(InvoicePaper.Check(deposit), found => found.Severity == RuleSeverity.Fatal);
        var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(deposit))).Root!;
        Assert.Equal((type, "432", "226.00"), (ubl.Text("InvoiceTypeCode"), ubl.Text("InvoicePeriod/DescriptionCode"),
            ubl.Text("LegalMonetaryTotal/PayableAmount")));
        var cii = XDocument.Load(new MemoryStream(InvoicePaper.Cii(deposit))).Root!;
        Assert.Equal((type, "72"), (cii.Text("ExchangedDocument/TypeCode"),
            cii.Text(Settlement + "ApplicableTradeTax/DueDateTypeCode")));
    }

    [Theory]
    [InlineData("de", "Anzahlungsrechnung 2026-000001", "Schlussrechnung 2026-000002", "abzüglich Anzahlung 2026-000001",
        "netto 100,00, USt. 19 % 19,00, netto 100,00, USt. 7 % 7,00, gesamt 226,00 EUR")]
    [InlineData("en", "Deposit invoice 2026-000001", "Final invoice 2026-000002", "less deposit 2026-000001",
        "net 100.00, VAT 19 % 19.00, net 100.00, VAT 7 % 7.00, total 226.00 EUR")]
    [InlineData("fr", "Facture d’acompte 2026-000001", "Facture de solde 2026-000002", "moins l’acompte 2026-000001", "226,00 EUR")]
    public async Task The_final_invoice_lists_what_was_received_with_its_tax(
        string language, string depositTitle, string title, string less, string words)
    {
        var (deposit, final) = await InvoicesAsync(language, null);
        Assert.Contains(depositTitle, Flat(deposit), StringComparison.Ordinal);
        foreach (var text in (string[])[title, less, words])
            Assert.Contains(text, Flat(final), StringComparison.Ordinal);
        Assert.DoesNotContain(InvoicePaper.Check(final), found => found.Severity == RuleSeverity.Fatal);
        var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(final))).Root!;
        Assert.Equal(("380", "226.00", "678.00", "452.00", "2026-000001"), (ubl.Text("InvoiceTypeCode"),
            ubl.Text("LegalMonetaryTotal/PrepaidAmount"), ubl.Text("LegalMonetaryTotal/TaxInclusiveAmount"),
            ubl.Text("LegalMonetaryTotal/PayableAmount"), ubl.Text("BillingReference/InvoiceDocumentReference/ID")));
        Assert.Contains("226", ubl.Text("Note"), StringComparison.Ordinal);
    }

    private static string Flat(Invoice invoice) => string.Join(' ', LetterText.Of(invoice)
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<(Invoice Deposit, Invoice Final)> InvoicesAsync(string language, string? leitweg)
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "ann", Party = new Party
            {
                Name = "Ann", City = "Berlin", PostalCode = "10115", Country = "DE", Language = language, LeitwegId = leitweg,
            },
        });
        var day = new DateOnly(2026, 10, 5);
        foreach (var (tax, factor, isDeposit) in ((string, int, bool)[])
            [("19", 1, true), ("7", 1, true), ("19", 3, false), ("7", 3, false)])
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = "ann", Description = "workshop", Tax = tax, Deposit = isDeposit,
                Amount = Money.OfMinor(10_000 * factor, null, 2), Date = isDeposit ? day : day.AddDays(30),
            });
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = day, Date = day, Customer = "ann" });
        var deposit = (await ledger.Billing.GetInvoiceAsync("2026-000001"))!;
        await ledger.Billing.PayAsync(new PaymentRequest { Invoice = deposit.Number, Amount = deposit.Amount, Date = day });
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = day.AddDays(30), Date = day.AddDays(30), Customer = "ann", Settles = [deposit.Number] });
        return (deposit, (await ledger.Billing.GetInvoiceAsync("2026-000002"))!);
    }
}
