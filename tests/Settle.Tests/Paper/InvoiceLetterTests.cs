using Settle.Billing;
using Settle.Paper.Letters;
using Settle.Paper.Pdf;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What people read in a letter.</summary>
public sealed class InvoiceLetterTests
{
    [Fact]
    public void A_German_letter_has_all_that_the_law_asks_for()
    {
        var text = Text(Examples.All["mixed rates"]);
        foreach (var part in new[] { "Rechnung 2026-000123", "31.10.2026", "Müller & Söhne KG",
            "20457 Hamburg", "Bankhaus Sitzfleisch GmbH", "USt-IdNr. DE123456788",
            "01.10.2026 – 28.10.2026", "Meeting room “Spree”", "3 Std.", "abzüglich Rabatt 0,96 EUR",
            "USt. 19 % auf 289,00", "54,91", "USt. 7 % auf 49,90", "3,49", "397,30 EUR",
            "Zahlbar bis 14.11.2026 ohne Abzug.", "DE89 3704 0044 0532 0130 00", "Seite 1 von 1" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_English_letter_writes_numbers_and_days_in_its_way()
    {
        var text = Text(Examples.All["export"]);
        foreach (var part in new[] { "Invoice 2026-000123", "31 Oct 2026", "UNITED STATES",
            "2,278.80 EUR", "Export outside the EU, free of VAT.", "Page 1 of 1" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    // Of some lengths, a page has the sums only.
    [Fact]
    public void Every_page_says_what_it_is_a_page_of()
    {
        var invoice = Examples.All["mixed rates"];
        for (var lines = 6; lines <= 24; lines++)
        {
            var pages = LetterText.PagesOf(InvoicePaper.Pdf(
                invoice with { Lines = [.. Enumerable.Repeat(invoice.Lines[0], lines)] }));
            Assert.All(pages, page => Assert.Contains("Rechnung 2026-000123", page, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("04011000-1234512345-06")]
    [InlineData("991-33333TEST-33")]
    [InlineData("123456789012-ABCDEFGHIJKLMNOPQRSTUVWXYZ1234-56")]
    public void A_Leitweg_ID_is_not_broken(string id)
    {
        var bill = Examples.All["plain"];
        var text = Text(bill with { Buyer = Examples.Authority with { LeitwegId = id } });
        Assert.Contains(id, text.Split('\n', ' '));
    }

    [Fact]
    public void What_was_credited_before_is_called_so_in_every_form()
    {
        var note = Examples.All["credit note, part credited before"];
        var text = Text(note);
        Assert.Contains("abzüglich Rabatt 1,00 EUR", text, StringComparison.Ordinal);
        Assert.Contains("abzüglich bereits gutgeschriebener 0,62 EUR", text, StringComparison.Ordinal);
        Assert.Equal([("1.00", "Rabatt", "95"), ("0.62", "Bereits gutgeschrieben", null)],
            ElectronicInvoice.Of(note).Lines[0].Allowances.Select(each =>
                ($"{each.Amount}", each.Reason, each.ReasonCode)));
    }

    [Theory]
    [InlineData("de", "3 % Skonto bei Zahlung bis 07.11.2026: 9,96 EUR Abzug, 322,05 EUR zu zahlen.",
        "2,5 % Skonto bei Zahlung bis 10.11.2026: 8,30 EUR Abzug, 323,71 EUR zu zahlen.")]
    [InlineData("en", "3 % discount if you pay by 7 Nov 2026: 9.96 EUR less, 322.05 EUR to pay.",
        "2.5 % discount if you pay by 10 Nov 2026: 8.30 EUR less, 323.71 EUR to pay.")]
    [InlineData("fr", "Escompte de 3 % pour tout paiement au plus tard le 07/11/2026",
        "Escompte de 2,5 % pour tout paiement au plus tard le 10/11/2026")]
    public void Cash_discounts_are_in_every_form(string language, string first, string second)
    {
        var invoice = Examples.All["cash discount"];
        invoice = invoice with { Buyer = invoice.Buyer with { Language = language } };
        var text = Text(invoice).Replace('\u00A0', ' ').ReplaceLineEndings(" ");
        Assert.Contains(first, text, StringComparison.Ordinal);
        Assert.Contains(second, text, StringComparison.Ordinal);
        Assert.StartsWith(first, ElectronicInvoice.Of(invoice).PaymentTerms!.Replace('\u00A0', ' '));
    }

    [Fact]
    public void A_cash_discount_groups_its_digits_as_the_other_amounts()
    {
        var invoice = Examples.All["cash discount"] with
        {
            CashDiscounts = [new CashDiscountOffer(2, 10, new DateOnly(2026, 11, 10), Money.OfMinor(2487, "EUR", 2), Money.OfMinor(123_456_763, "EUR", 2))],
        };
        Assert.Contains("24,87 EUR Abzug, 1.234.567,63 EUR zu zahlen.", Text(invoice), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authority, cash discount",
        "ohne Abzug.\n#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=10#PROZENT=2.50#\n")]
    [InlineData("authority, cash discount, paid before", "ohne Abzug.\n#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=397.30#\n"
        + "#SKONTO#TAGE=10#PROZENT=2.50#BASISBETRAG=397.30#\n")]
    public void An_XRechnung_has_them_in_its_own_form(string example, string end) => Assert.EndsWith(
        end, ElectronicInvoice.Of(Examples.All[example]).PaymentTerms, StringComparison.Ordinal);

    [Fact]
    public void An_invoice_that_was_paid_before_asks_for_the_rest_in_every_form()
    {
        var invoice = Examples.All["paid before"];
        var rest = (invoice.Amount - invoice.Prepaid!.Value).Digits;
        var totals = ElectronicInvoice.Of(invoice).Totals!;
        Assert.Equal(("100.00", rest), ($"{totals.Paid}", $"{totals.Payable}"));
        var text = Text(invoice);
        Assert.Contains("bereits gezahlt", text, StringComparison.Ordinal);
        Assert.Contains(rest.Replace('.', ',') + " EUR", text, StringComparison.Ordinal);
        Assert.Contains($"EUR{rest}\n", PaymentCode.Text(invoice), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all paid before")]
    [InlineData("nothing to pay")]
    public void An_invoice_with_nothing_to_pay_names_no_day_and_no_account(string name)
    {
        var invoice = Examples.All[name];
        var model = ElectronicInvoice.Of(invoice);
        Assert.Equal(0m, model.Totals!.Payable);
        Assert.Null(model.DueDate);
        var text = Text(invoice);
        Assert.Contains("Es ist nichts mehr zu zahlen.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zahlbar bis", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fällig am", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Banking-App", text, StringComparison.Ordinal);
        Assert.Null(PaymentCode.Text(invoice));
    }

    [Fact]
    public void A_credit_note_names_its_invoice_and_asks_for_no_money()
    {
        var text = Text(Examples.All["credit note, reverse charge"]);
        Assert.Contains("Rechnungskorrektur C2026-000007", text, StringComparison.Ordinal);
        Assert.Contains("\n2026-000123", text, StringComparison.Ordinal);
        Assert.Contains("Steuerschuldnerschaft des Leistungsempfängers", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Zahlbar", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Banking-App", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_lines_go_over_many_pages_and_carry_their_sum()
    {
        var invoice = Examples.All["rounding torture"];
        var pdf = new PdfFile(InvoicePaper.Pdf(invoice));
        var pages = pdf.Pages.Select(pdf.Text).ToList();
        Assert.InRange(pages.Count, 20, 60);
        for (var i = 0; i < pages.Count; i++)
            Assert.Contains($"Seite {i + 1} von {pages.Count}", pages[i], StringComparison.Ordinal);
        Assert.Contains("Übertrag\n0,18", pages[0], StringComparison.Ordinal);
        Assert.Contains("Übertrag\n0,18", pages[1], StringComparison.Ordinal);
        Assert.Equal(999, pages.Sum(page => page.Split('\n').Count(line =>
            line.StartsWith("Call ", StringComparison.Ordinal))));
        Assert.Contains("11,89 EUR", pages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_outside_the_paper_however_long_it_is()
    {
        var words = string.Concat(Enumerable.Repeat("Donaudampfschifffahrt ", 40))
            + new string('x', 400);
        var invoice = new Bill
        {
            To = Bill.Buyer with { Name = new string('N', 150), Street = new string('S', 150) },
            From = Bill.Seller with { Name = new string('W', 150), Email = new string('e', 150) },
            Note = words,
        }.Line(words, 1234567.123456m, 9_999_999.123456m).Line("second", 1, 1m, day: 9).Make();
        var pdf = new PdfFile(InvoicePaper.Pdf(invoice));
        foreach (var page in pdf.Pages)
        {
            var places = System.Text.RegularExpressions.Regex.Matches(page, @"(\S+) (\S+) Td");
            Assert.All(places, place =>
            {
                Assert.InRange(Number(place.Groups[1].Value), 0, PdfPage.Width);
                Assert.InRange(Number(place.Groups[2].Value), 0, PdfPage.Height);
            });
        }
    }

    [Fact]
    public void The_payment_code_is_that_of_EPC069_12() => Assert.Equal(
        "BCD\n002\n1\nSCT\nCOBADEFFXXX\nBankhaus Sitzfleisch GmbH\nDE89370400440532013000\n"
        + "EUR397.30\n\n\n2026-000123", PaymentCode.Text(Examples.All["mixed rates"]));

    [Theory]
    [InlineData("dollars")]
    [InlineData("credit note, plain")]
    [InlineData("nothing to pay")]
    public void Where_no_transfer_in_euro_is_asked_for_there_is_no_code(string name) =>
        Assert.Null(PaymentCode.Text(Examples.All[name]));

    [Fact]
    public void A_logo_is_drawn_and_a_broken_one_stops_no_invoice()
    {
        var png = TestPictures.Png(40, 20, alpha: true);
        Assert.Contains("/Logo Do", First(png), StringComparison.Ordinal);
        Assert.Contains("/Logo Do", First(TestPictures.Jpeg(3)), StringComparison.Ordinal);
        // Printing colours do not go with the colours of the file.
        Assert.DoesNotContain("/Logo Do", First(TestPictures.Jpeg(4)), StringComparison.Ordinal);
        Assert.DoesNotContain("/Logo Do", First(png[..^30]), StringComparison.Ordinal);
        Assert.DoesNotContain("/Logo Do", First([1, 2, 3]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_shines_through_a_logo_is_the_white_paper()
    {
        var pdf = new PdfFile(Logo(TestPictures.Png(2, 1, alpha: true)));
        var number = Enumerable.Range(1, pdf.Count).First(each =>
            pdf.Object(each).Contains("/Subtype /Image", StringComparison.Ordinal));
        // The first pixel is red, the second one transparent.
        Assert.Equal([255, 0, 0, 255, 255, 255], pdf.Stream(number));
    }

    private static string First(byte[] logo) => new PdfFile(Logo(logo)).Pages.First();

    private static byte[] Logo(byte[] logo) => InvoicePaper.Pdf(
        new Bill { From = Bill.Seller with { Logo = logo } }.Line("Desk", 1, 1m).Make());

    private static string Text(Invoice invoice) => LetterText.Of(invoice);

    private static double Number(string text) =>
        double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_logo_that_no_letter_can_show_is_refused_with_the_reason()
    {
        var png = TestPictures.Png(40, 20, alpha: true);
        var interlaced = (byte[])png.Clone();
        interlaced[28] = 1;
        foreach (var (logo, reason) in new[] { (png[..^30], "is damaged"), (interlaced, "is interlaced"), (TestPictures.Jpeg(4), "CMYK") })
        {
            var error = Assert.Throws<InvalidRequestException>(
                () => PartyCheck.Checked(Bill.Seller with { Logo = logo }, isSeller: true));
            Assert.Equal("party.logo", error.Field);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
        PartyCheck.Checked(Bill.Seller with { Logo = png }, isSeller: true);
        PartyCheck.Checked(Bill.Seller with { Logo = TestPictures.Jpeg(3) }, isSeller: true);
    }
}
