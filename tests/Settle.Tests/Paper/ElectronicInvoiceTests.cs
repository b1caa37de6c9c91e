using System.Text;
using System.Xml.Linq;
using Settle.Billing;
using Settle.Billing.Rules;
using Settle.Paper.Xml;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What is written in UBL and in CII, and read again.</summary>
public sealed class ElectronicInvoiceTests
{
    // EN 16931 has no third decimal.
    private static readonly string[] Unfit = ["dinars", "credit note, dinars"];

    public static TheoryData<string> Names => [.. Examples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_invoice_follows_all_rules(string name)
    {
        var found = InvoicePaper.Check(Examples.All[name]);
        Assert.Equal(Unfit.Contains(name), found.Count > 0);
        if (Unfit.Contains(name))
            Assert.Contains(found, violation => violation.Rule == "BR-DEC-18");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_read_from_either_syntax_is_what_was_written(string name)
    {
        var model = ElectronicInvoice.Of(Examples.All[name]);
        Same(model, Read(InvoicePaper.Ubl(Examples.All[name])), name);
        Same(model with { IsCreditNote = null }, Read(InvoicePaper.Cii(Examples.All[name])), name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_syntaxes_are_judged_alike(string name)
    {
        var rules = InvoicePaper.Check(Examples.All[name]).Select(violation => violation.Rule);
        Assert.Equal(rules, Check(InvoicePaper.Ubl(Examples.All[name])));
        Assert.Equal(rules, Check(InvoicePaper.Cii(Examples.All[name])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_invoice_has_the_same_bytes_whatever_was_paid(string name)
    {
        var invoice = Examples.All[name];
        var paid = invoice with { Paid = invoice.Amount, Open = Minor(0), Status = InvoiceStatus.Paid, Block = 99, Replayed = true };
        Assert.Equal(InvoicePaper.Ubl(invoice), InvoicePaper.Ubl(paid));
        Assert.Equal(InvoicePaper.Cii(invoice), InvoicePaper.Cii(paid));
    }

    // BR-DEX-10 to BR-DEX-14 are about the group of such payments (BG-DEX-09) in XRechnung's
    // extension.
    [Theory]
    [MemberData(nameof(Names))]
    public void None_names_a_payment_for_others_or_follows_the_extension(string name)
    {
        var ubl = Root(InvoicePaper.Ubl(Examples.All[name]));
        Assert.DoesNotContain(ubl.Descendants(), element => element.Name.LocalName == "PrepaidPayment");
        var profile = ubl.Text("CustomizationID");
        Assert.DoesNotContain("extension", profile, StringComparison.Ordinal);
        Assert.Contains(profile!, Encoding.UTF8.GetString(InvoicePaper.Cii(Examples.All[name])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credit_note_is_UBLs_CreditNote_and_names_its_invoice()
    {
        var root = Root(InvoicePaper.Ubl(Examples.All["credit note, plain"]));
        Assert.Equal("CreditNote", root.Name.LocalName);
        Assert.Equal("381", root.Text("CreditNoteTypeCode"));
        Assert.Equal("2026-000123", root.Text("BillingReference/InvoiceDocumentReference/ID"));
        Assert.Equal("332.01", root.Text("LegalMonetaryTotal/PayableAmount"));
    }

    [Fact]
    public void A_Leitweg_ID_makes_it_an_XRechnung()
    {
        var root = Root(InvoicePaper.Ubl(Examples.All["authority"]));
        Assert.Equal("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            root.Text("CustomizationID"));
        Assert.Equal("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", root.Text("ProfileID"));
        Assert.Equal("04011000-12345-03", root.Text("BuyerReference"));
        Assert.Equal("urn:cen.eu:en16931:2017",
            Root(InvoicePaper.Ubl(Examples.All["plain"])).Text("CustomizationID"));
    }

    [Fact]
    public void A_gross_price_that_no_net_gives_is_met_by_the_rounding()
    {
        // 3 cents with 19 %: a net of 3 makes 4.
        var totals = Root(InvoicePaper.Ubl(Examples.All["gross that no net gives"]))
            .One("LegalMonetaryTotal");
        Assert.Equal(("0.04", "-0.01", "0.03"), (totals.Text("TaxInclusiveAmount"),
            totals.Text("PayableRoundingAmount"), totals.Text("PayableAmount")));
    }

    [Fact]
    public void A_line_whose_net_price_was_rounded_has_the_price_of_all_units()
    {
        var line = Root(InvoicePaper.Ubl(Examples.All["gross"])).One("InvoiceLine");
        var price = line.Number("Price/PriceAmount")!.Value;
        var units = line.Number("Price/BaseQuantity") ?? 1;
        Assert.Equal(line.Number("LineExtensionAmount"),
            Math.Round(line.Number("InvoicedQuantity")!.Value * price / units, 2,
                MidpointRounding.AwayFromZero));
    }

    [Fact]
    public void What_XML_cannot_hold_is_replaced()
    {
        var xml = InvoicePaper.Cii(new Bill { Note = "bell \a and \uFFFE" }.Line("Desk\u0001", 1, 1m).Make());
        Assert.Contains("bell \uFFFD and \uFFFD", Encoding.UTF8.GetString(xml), StringComparison.Ordinal);
        Assert.Empty(InvoicePaper.Check(new MemoryStream(xml)));
    }

    [Theory]
    [InlineData("", "is not XML")]
    [InlineData("<Invoice", "is not XML")]
    [InlineData("<html/>", "is not an electronic invoice")]
    [InlineData("<!DOCTYPE Invoice [<!ENTITY a 'b'>]><Invoice>&a;</Invoice>",
        "has a document type")]
    [InlineData("<Invoice><LegalMonetaryTotal><PayableAmount>ten</PayableAmount></LegalMonetaryTotal></Invoice>",
        "'ten' is not a number")]
    public void A_file_that_is_no_invoice_is_refused(string text, string message)
    {
        var refused = Assert.Throws<InvalidRequestException>(() =>
            InvoicePaper.Check(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static void Same(EnInvoice written, EnInvoice read, string name)
    {
        Assert.Equal((name, written.Number, written.TypeCode, written.Currency, written.IssueDate),
            (name, read.Number, read.TypeCode, read.Currency, read.IssueDate));
        Assert.Equal(written.Totals, read.Totals);
        Assert.Equal(written.Taxes, read.Taxes);
        Assert.Equal(written.Preceding, read.Preceding);
        Assert.Equal(written.Seller!.Address, read.Seller!.Address);
        Assert.Equal(written.Seller.Contact, read.Seller.Contact);
        Assert.Equal(written.Buyer!.Endpoint, read.Buyer!.Endpoint);
        Assert.Equal((written.Seller.VatId, written.Seller.TaxNumber, written.Buyer.VatId),
            (read.Seller.VatId, read.Seller.TaxNumber, read.Buyer.VatId));
        Assert.Equal(written.Period, read.Period);
        Assert.Equal(written.IsCreditNote, read.IsCreditNote);
        Assert.Equal(written.Lines.Count, read.Lines.Count);
        foreach (var (one, other) in written.Lines.Zip(read.Lines))
        {
            Assert.Equal((one.Id, one.Name, one.Quantity, one.Unit, one.Net, one.Price),
                (other.Id, other.Name, other.Quantity, other.Unit, other.Net, other.Price));
            Assert.Equal((one.PriceBase, one.Category, one.Rate, one.Period),
                (other.PriceBase, other.Category, other.Rate, other.Period));
            Assert.Equal(one.Allowances, other.Allowances);
        }
    }

    private static EnInvoice Read(byte[] xml) => InvoiceReader.Read(new MemoryStream(xml)) with { Syntax = null };

    private static XElement Root(byte[] xml) => XElement.Load(new MemoryStream(xml));

    private static IEnumerable<string> Check(byte[] xml) =>
        InvoicePaper.Check(new MemoryStream(xml)).Select(violation => violation.Rule);
}
