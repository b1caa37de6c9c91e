using Settle.Billing;
using Settle.Paper.Letters;
using Settle.Paper.Letters.Swiss;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>The QR-bill of Swiss Payment Standards.</summary>
public sealed class SwissBillTests
{
    internal const string QrIban = "CH4431999123000889012";

    internal static readonly Party Seller = new()
    {
        Name = "Robert Schneider AG",
        Street = "Rue du Lac 1268",
        PostalCode = "2501",
        City = "Biel",
        Country = "CH",
        VatId = "CHE-123.456.788 TVA",
        Email = "info@schneider.example",
        Iban = "CH5800791123000889012",
        Language = "fr",
    };

    private static readonly Party Buyer = new()
    {
        Name = "Pia-Maria Rutschmann-Schnyder", Street = "Grosse Marktgasse 28", PostalCode = "9400", City = "Rorschach", Country = "CH",
    };

    internal static Invoice Swiss(Party seller, Party buyer, string asset = "CHF") =>
        new Bill { From = seller, To = buyer }.In(asset, 2).Line("Jardin", 1, 1802.73m, "8.1").Make();

    [Fact]
    public void The_code_has_the_lines_of_the_guidelines()
    {
        var code = SwissBill.Of(Swiss(Seller with { Iban = QrIban }, Buyer))!.Code.Split('\n');
        Assert.Equal(["SPC", "0200", "1", QrIban, "S", "Robert Schneider AG", "Rue du Lac 1268", "", "2501", "Biel", "CH",
            "", "", "", "", "", "", "", "1948.75", "CHF", "S", "Pia-Maria Rutschmann-Schnyder", "Grosse Marktgasse 28", "", "9400",
            "Rorschach", "CH", "QRR", "000000000000000020260001237", "2026-000123", "EPD"], code);
    }

    [Theory]
    [InlineData("2026-000123", "RF462026000123")]
    [InlineData("539007547034", "RF18539007547034")]
    public void An_ordinary_account_gets_a_reference_of_ISO_11649(string number, string reference)
    {
        var invoice = Swiss(Seller, Buyer) with { Number = number };
        Assert.Equal(("SCOR", reference), SwissReference.Of(invoice));
        Assert.Equal(reference, ElectronicInvoice.Of(invoice).Payments.Single().Reference);
    }

    [Fact]
    public void A_QR_reference_has_the_check_digit_of_the_standard() =>
        // The example of the guidelines.
        Assert.Equal(("QRR", "210000000003139471430009017"),
            SwissReference.Of(Swiss(Seller with { Iban = QrIban }, Buyer) with { Number = "21000000000313947143000901" }));

    [Theory]
    [InlineData("CHF")]
    [InlineData("EUR")]
    public async Task A_reader_finds_the_code_on_the_page(string asset)
    {
        var invoice = Swiss(Seller with { Iban = QrIban }, Buyer, asset);
        var result = await PdfReading.CodeAsync(InvoicePaper.Pdf(invoice), 1);
        Assert.Equal(SwissBill.Of(invoice)!.Code, result.ReplaceLineEndings("\n"));
        Assert.Null(PaymentCode.Text(invoice));
    }

    [Fact]
    public async Task The_payment_part_is_at_the_bottom_in_its_places()
    {
        var words = await PdfReading.WordsAsync(Swiss(Seller with { Iban = QrIban }, Buyer));
        const double Mm = 72 / 25.4;
        var receipt = words.Single(word => word.Text == "Récépissé");
        Assert.InRange(receipt.Left / Mm, 4.8, 5.3);
        Assert.InRange(receipt.Top / Mm, 297 - 105 + 4, 297 - 105 + 7);
        Assert.InRange(words.Single(word => word.Text == "Section").Left / Mm, 66.8, 67.3);
        Assert.InRange(words.Single(word => word.Text == "supplémentaires").Left / Mm, 118, 160);
        Assert.Equal(2, words.Count(word => word.Text == "948.75"));
        // Nothing of the letter is below the line.
        Assert.DoesNotContain(words, word => word.Text is "Page" && word.Bottom / Mm > 192);
    }

    [Fact]
    public async Task A_long_letter_has_the_payment_part_on_a_page_of_its_own()
    {
        var bill = new Bill { From = Seller, To = Buyer }.In("CHF", 2);
        for (var i = 0; i < 20; i++) bill.Line($"Line {i}", 1, 10m, "8.1");
        var words = await PdfReading.WordsAsync(bill.Make());
        Assert.Equal(2, words.Max(word => word.Page) + 1);
        Assert.Equal(1, words.Single(word => word.Text == "Récépissé").Page);
    }

    [Fact]
    public void A_buyer_whom_Swiss_payments_cannot_name_writes_himself()
    {
        var bill = SwissBill.Of(Swiss(Seller, Buyer with { Name = "東京" }))!;
        Assert.Null(bill.Debtor);
        Assert.Equal(31, bill.Code.Split('\n').Length);
        Assert.Null(SwissBill.Of(Swiss(Seller, Buyer with { City = null }))!.Debtor);
    }

    [Theory]
    [InlineData("USD", "CH5800791123000889012")]
    [InlineData("CHF", "DE89370400440532013000")]
    [InlineData("CHF", "CH5800791123000889013")]
    [InlineData("CHF", null)]
    public void What_no_Swiss_payment_can_pay_has_none(string asset, string? iban) =>
        Assert.Null(SwissBill.Of(Swiss(Seller with { Iban = iban }, Buyer, asset)));

    [Fact]
    public void A_credit_note_has_none() =>
        Assert.Null(SwissBill.Of(Swiss(Seller, Buyer) with { Kind = InvoiceType.CreditNote }));
}
