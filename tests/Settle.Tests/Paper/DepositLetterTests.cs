using System.Xml.Linq;
using Settle.Paper.Xml;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What a deposit invoice says, and the final one that deducts it.</summary>
public sealed class DepositLetterTests
{
    private const string Settlement = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/";

    private static readonly DateOnly Day = new(2026, 10, 5);

    // UNTDID 1001 has 386; XRechnung does not know it.
    [Theory]
    [InlineData(null, "386")]
    [InlineData("04011000-12345-03", "326")]
    public async Task A_deposit_invoice_is_a_prepayment_invoice_whose_tax_is_due_when_it_is_paid(string? leitweg, string type)
    {
        var (deposit, _) = await InvoicesAsync("de", leitweg);
        Assert.DoesNotContain(InvoicePaper.Check(deposit), found => found.Severity == RuleSeverity.Fatal);
        var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(deposit))).Root!;
        Assert.DoesNotContain(ubl.Descendants(), each => each.Name.LocalName is "StartDate" or "EndDate" or "ActualDeliveryDate");
        Assert.Equal((type, "432", "226.00"), (ubl.Text("InvoiceTypeCode"), ubl.Text("InvoicePeriod/DescriptionCode"),
            ubl.Text("LegalMonetaryTotal/PayableAmount")));
        var cii = XDocument.Load(new MemoryStream(InvoicePaper.Cii(deposit))).Root!;
        Assert.DoesNotContain(cii.Descendants(), each => each.Name.LocalName
            is "BillingSpecifiedPeriod" or "ActualDeliverySupplyChainEvent");
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

    [Theory]
    [InlineData("de", "Korrekturbetrag 678,00 abzüglich Anzahlung 2026-000001 −226,00 Gutschriftsbetrag 452,00 EUR",
        "Die Anzahlungsrechnung 2026-000001 ist wieder offen.")]
    [InlineData("en", "Credit note total 678.00 less deposit 2026-000001 −226.00 Amount credited 452.00 EUR",
        "Deposit invoice 2026-000001 is open again.")]
    [InlineData("fr", "Total de l’avoir 678,00 moins l’acompte 2026-000001 −226,00 Montant de l’avoir 452,00 EUR",
        "La facture d’acompte 2026-000001 est de nouveau ouverte.")]
    public async Task A_credit_note_of_the_final_invoice_credits_no_deposit_that_is_open_again(
        string language, string sums, string note)
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger, language);
        var credit = await ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000002", Date = Day.AddDays(31) });
        await AssertCreditsAsync(ledger, credit, 45_200, "678.00", "226.00", "452.00");
        foreach (var text in (string[])[sums, note]) Assert.Contains(text, Flat(credit), StringComparison.Ordinal);
        var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(credit))).Root!;
        Assert.Contains(note, ubl.Text("Note"), StringComparison.Ordinal);
        Assert.Equal("2026-000002", ubl.Text("BillingReference/InvoiceDocumentReference/ID"));
        Assert.Null((await ledger.Billing.GetInvoiceAsync("2026-000001"))!.SettledBy);
    }

    // Its parts: a line leaves the deposit settled, and the rest of the invoice opens it again.
    [Fact]
    public async Task Credit_notes_of_parts_say_what_each_gives_back()
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger, "en");
        var first = await ledger.Billing.CreditAsync(new CreditRequest
            { Invoice = "2026-000002", Lines = [new CreditLine { Line = 1 }], Date = Day.AddDays(31) });
        await AssertCreditsAsync(ledger, first, 35_700, "357.00", null, "357.00");
        Assert.DoesNotContain("deposit", Flat(first), StringComparison.OrdinalIgnoreCase);
        var rest = await ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000002", Date = Day.AddDays(32) });
        await AssertCreditsAsync(ledger, rest, 45_200, "321.00", "226.00", "95.00");
    }

    // What the deposit brought is the customer's already, so it stays settled.
    [Fact]
    public async Task What_was_credited_of_a_deposit_is_not_left_out_again()
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger, "en");
        var first = await ledger.Billing.CreditAsync(new CreditRequest
            { Invoice = "2026-000002", Amount = Money.OfMinor(50_000, null, 2), Date = Day.AddDays(31) });
        await AssertCreditsAsync(ledger, first, 50_000, "500.00", null, "500.00");
        var rest = await ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000002", Date = Day.AddDays(32) });
        await AssertCreditsAsync(ledger, rest, 67_800, "178.00", null, "178.00");
    }

    // All but the deposit is written off.
    [Fact]
    public async Task A_credit_note_that_only_opens_a_deposit_again_credits_nothing()
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger, "en");
        await ledger.Billing.PayAsync(new PaymentRequest
            { Invoice = "2026-000002", Amount = Money.OfMinor(45_200, null, 2), WriteOff = true, Date = Day.AddDays(31) });
        var credit = await ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000002", Date = Day.AddDays(32) });
        await AssertCreditsAsync(ledger, credit, 45_200, "226.00", "226.00", "0.00");
        Assert.DoesNotContain("credited to your account", Flat(credit), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "Leistungsdatum", "die Leistung war noch nicht erbracht")]
    [InlineData("en", "Service date", "the work was still to be done")]
    [InlineData("fr", "Prestation du", "la prestation restait à fournir")]
    public async Task A_credit_note_of_a_deposit_invoice_has_no_day_of_delivery(string language, string no, string note)
    {
        await using var ledger = Ledger.InMemory();
        var (deposit, final) = await PrepareAsync(ledger, language);
        await ledger.Billing.CreditAsync(new CreditRequest { Invoice = final.Number, Date = Day.AddDays(31) });
        var credit = await ledger.Billing.CreditAsync(new CreditRequest { Invoice = deposit.Number, Date = Day.AddDays(31) });
        Assert.True(credit.CreditsDeposit);
        Assert.DoesNotContain(no, Flat(credit), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(no, Flat(deposit), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(note, Flat(credit), StringComparison.Ordinal);
        Assert.DoesNotContain(InvoicePaper.Check(credit), found => found.Severity == RuleSeverity.Fatal);
        Assert.DoesNotContain(XDocument.Load(new MemoryStream(InvoicePaper.Ubl(credit))).Descendants(),
            each => each.Name.LocalName == "InvoicePeriod");
    }

    // Goods for another country of the EU need a day (BR-IC-11).
    [Fact]
    public async Task A_deposit_on_goods_for_another_country_keeps_its_day()
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "eve", Party = new Party
                { Name = "Eve", City = "Wien", PostalCode = "1010", Country = "AT", VatId = "ATU13585627" },
        });
        await ledger.Billing.ChargeAsync(new ChargeRequest { Customer = "eve", Description = "chairs", Deposit = true,
            Tax = "intra_community", Amount = Money.OfMinor(10_000, null, 2), Date = Day });
        var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = Day, Date = Day, Customer = "eve" });
        Assert.Empty(run.Parked);
    }

    // Section 19 of the German UStG: nothing on its paper may look like tax.
    [Theory]
    [InlineData("de", "Abgezogen: Anzahlungsrechnung 2026-000001 vom 05.10.2026, gesamt 200,00 EUR.")]
    [InlineData("en", "Deducted: deposit invoice 2026-000001 of 5 Oct 2026, total 200.00 EUR.")]
    [InlineData("fr", "Déduit : facture d’acompte 2026-000001 du 05/10/2026, total 200,00 EUR.")]
    public async Task A_small_business_deducts_a_deposit_without_words_of_tax(string language, string deducted)
    {
        await using var ledger = Ledger.InMemory();
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party
            {
                Name = "Ina Klein", City = "Bonn", PostalCode = "53111", Country = "DE", TaxNumber = "30/123/45678",
                SmallBusiness = true,
            },
            Zone = "Europe/Berlin",
        });
        var (_, final) = await PrepareAsync(ledger, language, "exempt", "exempt");
        var text = Flat(final).Replace('\u00A0', ' ').Replace('\u202F', ' ');
        Assert.Contains(deducted, text, StringComparison.Ordinal);
        Assert.DoesNotContain("0 %", text, StringComparison.Ordinal);
    }

    private static async Task AssertCreditsAsync(
        ILedger ledger, Invoice credit, long theirs, string gross, string? prepaid, string payable)
    {
        // The deposit and the final invoice were paid, or are owed; 452.00 of the final one are.
        Assert.Equal(theirs - 45_200, (long)(await ledger.GetAccountAsync("receivable:ann"))!.Balances[0].Balance.Units);
        Assert.DoesNotContain(InvoicePaper.Check(credit), found => found.Severity == RuleSeverity.Fatal);
        var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(credit))).Root!;
        const string Totals = "LegalMonetaryTotal/";
        Assert.Equal((gross, prepaid, payable), (ubl.Text(Totals + "TaxInclusiveAmount"),
            ubl.Text(Totals + "PrepaidAmount"), ubl.Text(Totals + "PayableAmount")));
        var cii = XDocument.Load(new MemoryStream(InvoicePaper.Cii(credit))).Root!;
        const string Sums = Settlement + "SpecifiedTradeSettlementHeaderMonetarySummation/";
        Assert.Equal((gross, prepaid, payable), (cii.Text(Sums + "GrandTotalAmount"),
            cii.Text(Sums + "TotalPrepaidAmount"), cii.Text(Sums + "DuePayableAmount")));
        Assert.Contains($"{payable} EUR", Flat(credit).Replace(',', '.'), StringComparison.Ordinal);
    }

    private static string Flat(Invoice invoice) => string.Join(' ', LetterText.Of(invoice)
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<(Invoice Deposit, Invoice Final)> InvoicesAsync(string language, string? leitweg)
    {
        await using var ledger = Ledger.InMemory();
        return await PrepareAsync(ledger, language, leitweg: leitweg);
    }

    // A deposit of 226.00 in two parts that is paid, and a final invoice of 678.00.
    private static async Task<(Invoice Deposit, Invoice Final)> PrepareAsync(
        ILedger ledger, string language, string first = "19", string second = "7", string? leitweg = null)
    {
        if (first == "19") await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "ann", Party = new Party
            {
                Name = "Ann", City = "Berlin", PostalCode = "10115", Country = "DE", Language = language, LeitwegId = leitweg,
            },
        });
        var day = Day;
        foreach (var (tax, factor, isDeposit) in ((string, int, bool)[])
            [(first, 1, true), (second, 1, true), (first, 3, false), (second, 3, false)])
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
