using Settle.Paper.Letters;
using Settle.Paper.Xml;
using System.Xml.Linq;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What an invoice says that will be debited.</summary>
public sealed class DebitLetterTests
{
    private static Invoice Debited => Examples.All["debit"];

    // 14 November 2026 is a Saturday.
    [Theory]
    [InlineData("de", "Der Betrag wird am 16.11.2026 von Ihrem Konto DE75512108001245126199 abgebucht")]
    [InlineData("en", "The amount will be debited on 16 Nov 2026 from your account DE75512108001245126199")]
    [InlineData("fr", "Le montant sera prélevé le 16")]
    public void A_letter_says_when_and_from_which_account(string language, string words)
    {
        var text = LetterText.Of(Debited with { Buyer = Debited.Buyer with { Language = language } });
        var flat = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(words, flat, StringComparison.Ordinal);
        Assert.Contains("M-2026/17", flat, StringComparison.Ordinal);
        Assert.Contains("DE98ZZZ09999999999", flat, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_asked_to_pay_it_otherwise()
    {
        Assert.Null(PaymentCode.Text(Debited));
        Assert.NotNull(PaymentCode.Text(Examples.All["plain"]));
        Assert.DoesNotContain("Zahlbar bis", LetterText.Of(Debited), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_syntaxes_have_mandate_creditor_and_account()
    {
        var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(Debited))).Root!;
        Assert.Equal(("59", "M-2026/17", "DE75512108001245126199"), (ubl.Text("PaymentMeans/PaymentMeansCode"),
            ubl.Text("PaymentMeans/PaymentMandate/ID"), ubl.Text("PaymentMeans/PaymentMandate/PayerFinancialAccount/ID")));
        var creditor = ubl.All("AccountingSupplierParty/Party/PartyIdentification/ID").Single();
        Assert.Equal(("DE98ZZZ09999999999", "SEPA"), (creditor.Value, creditor.Attribute("schemeID")!.Value));
        var cii = XDocument.Load(new MemoryStream(InvoicePaper.Cii(Debited))).Root!;
        const string Settlement = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/";
        Assert.Equal(("59", "M-2026/17", "DE98ZZZ09999999999", "DE75512108001245126199"), (
            cii.Text(Settlement + "SpecifiedTradeSettlementPaymentMeans/TypeCode"),
            cii.Text(Settlement + "SpecifiedTradePaymentTerms/DirectDebitMandateID"),
            cii.Text(Settlement + "CreditorReferenceID"),
            cii.Text(Settlement + "SpecifiedTradeSettlementPaymentMeans/PayerPartyDebtorFinancialAccount/IBANID")));
    }

    [Theory]
    [InlineData("debit")]
    [InlineData("authority, debit")]
    public void It_follows_the_rules(string name) => Assert.DoesNotContain(
        InvoicePaper.Check(Examples.All[name]), found => found.Severity == RuleSeverity.Fatal);

    [Fact]
    public void What_is_paid_or_credited_is_not_debited()
    {
        foreach (var invoice in (Invoice[])[Examples.All["credit note, debit"], Debited with { Prepaid = Debited.Amount }])
        {
            var ubl = XDocument.Load(new MemoryStream(InvoicePaper.Ubl(invoice))).Root!;
            Assert.Equal("97", ubl.Text("PaymentMeans/PaymentMeansCode"));
            Assert.Null(ubl.Text("PaymentMeans/PaymentMandate/ID"));
        }
    }
}
