using Settle.Paper.Letters;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What people read in a reminder.</summary>
public sealed class ReminderLetterTests
{
    [Theory]
    [InlineData("de", 1, "Zahlungserinnerung", "Bitte zahlen Sie 1.124,00 EUR bis zum 08.12.2026",
        "Mahngebühr (nicht umsatzsteuerbar)", "Zu zahlen")]
    [InlineData("de", 2, "2. Mahnung", "trotz unserer Erinnerung", "Summe der offenen Beträge", "1.124,00 EUR")]
    [InlineData("en", 3, "Final reminder", "Please pay 1,124.00 EUR by 8 Dec 2026", "less your credit", "To pay")]
    [InlineData("fr", 3, "Dernier rappel", "au plus tard le 08/12/2026", "Frais de rappel", "À payer")]
    public void A_reminder_is_in_the_customers_language(
        string language, int level, string title, string text, string row, string total)
    {
        var read = Read(Reminder(level) with { Buyer = Bill.Buyer with { Language = language } });
        foreach (var part in new[] { title, text, row, total, "2026-000123", "2026-000123-R2", "Müller & Söhne KG",
            "DE89 3704 0044 0532 0130 00" })
            Assert.Contains(part, read, StringComparison.Ordinal);
    }

    // After a greeting, German goes on in lower case; English and French begin a sentence.
    [Theory]
    [InlineData("de", 1, "sicher ist es")]
    [InlineData("de", 3, "obwohl wir Sie erinnert haben")]
    [InlineData("en", 1, "It may have escaped")]
    [InlineData("en", 2, "Despite our reminder")]
    [InlineData("en", 3, "Although we have reminded you")]
    [InlineData("fr", 1, "Sauf erreur")]
    [InlineData("fr", 2, "Malgré notre rappel")]
    [InlineData("fr", 3, "Bien que nous vous l'ayons rappelé")]
    public void A_letter_goes_on_after_its_greeting_as_its_language_does(
        string language, int level, string text)
    {
        var read = Read(Reminder(level) with { Buyer = Bill.Buyer with { Language = language } });
        Assert.Contains(text, read, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sellers_own_text_is_filled_in()
    {
        var read = Read(Reminder(2) with
        {
            Texts = new Dictionary<string, string> { ["de"] = "Nun aber {total}, davon {fee}, bis {due}." },
        });
        Assert.Contains("Nun aber 1.124,00 EUR, davon 5,00 EUR, bis 08.12.2026.", read, StringComparison.Ordinal);
        Assert.DoesNotContain("trotz unserer Erinnerung", read, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_invoices_take_several_pages_and_each_carries_its_sum()
    {
        var reminder = Reminder(2);
        reminder = reminder with
        {
            Invoices = [.. Enumerable.Range(1, 90).Select(i => reminder.Invoices[0] with { Number = $"2026-{i:D6}", Open = Of(1000) })],
            Total = Of(90_500), Credit = null,
        };
        var read = Read(reminder);
        Assert.Contains("Seite 4 von 4", read, StringComparison.Ordinal);
        Assert.Contains("Übertrag", read, StringComparison.Ordinal);
        Assert.Contains("2026-000090", read, StringComparison.Ordinal);
        Assert.Contains("905,00 EUR", read, StringComparison.Ordinal);
    }

    // As on an invoice, with the reminder's number and all that it asks for.
    [Fact]
    public async Task A_code_on_the_letter_pays_all_that_the_reminder_asks_for()
    {
        const string Expected = "BCD\n002\n1\nSCT\nCOBADEFFXXX\nBankhaus Sitzfleisch GmbH\n"
            + "DE89370400440532013000\nEUR1124.00\n\n\n2026-000123-R2";
        var reminder = Reminder(2);
        Assert.Equal(Expected, PaymentCode.Text(reminder, reminder.Seller!));
        Assert.Contains("Mit der Banking-App scannen", Read(reminder), StringComparison.Ordinal);
        Assert.Equal(Expected, (await PdfReading.CodeAsync(ReminderPaper.Pdf(reminder), 1)).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("DE89370400440532013001")]
    [InlineData(SwissBillTests.QrIban)]
    [InlineData(null)]
    public void Where_no_transfer_can_be_filled_in_a_reminder_has_no_code(string? iban)
    {
        var reminder = Reminder(2);
        Assert.Null(PaymentCode.Text(reminder, reminder.Seller! with { Iban = iban }));
        Assert.Null(PaymentCode.Text(reminder with { Total = Money.OfMinor(112_400, "USD", 2) }, reminder.Seller!));
    }

    [Fact]
    public void The_same_reminder_has_the_same_bytes() =>
        Assert.Equal(ReminderPaper.Pdf(Reminder(2)), ReminderPaper.Pdf(Reminder(2)));

    [Fact]
    public void Without_name_and_address_there_is_no_letter()
    {
        Assert.Throws<InvalidRequestException>(() => ReminderPaper.Pdf(Reminder(2) with { Buyer = null }));
        Assert.Equal("customer", Assert.Throws<InvalidRequestException>(() => ReminderPaper.Pdf(
            Reminder(2) with { Buyer = new Party { Name = "?", Country = "ZZ" } })).Field);
    }

    [Fact]
    public void A_character_without_a_font_is_refused() => Assert.Equal("texts.de",
        Assert.Throws<UnprintableException>(() => ReminderPaper.Pdf(Reminder(2) with
        {
            Texts = new Dictionary<string, string> { ["de"] = "\u0F40" },
        })).Field);

    internal static Reminder Reminder(int level) => new()
    {
        Number = "2026-000123-R2", Id = "d1:dave:EUR", Customer = "dave", Date = new DateOnly(2026, 12, 1),
        Due = new DateOnly(2026, 12, 8), Level = level, IsLast = level == 3,
        Invoices =
        [
            new RemindedItem("2026-000123", new DateOnly(2026, 10, 31), new DateOnly(2026, 11, 7), level, Of(101_900)),
            new RemindedItem("RE-4711", new DateOnly(2026, 9, 30), new DateOnly(2026, 10, 14), 1, Of(20_000)),
        ],
        Fee = Of(500), Credit = Of(10_000), Total = Of(112_400),
        Seller = Bill.Seller, Buyer = Bill.Buyer, Block = 3,
    };

    private static Money Of(long minor) => Money.OfMinor(minor, "EUR", 2);

    private static string Read(Reminder reminder) => string.Join(' ', LetterText.PagesOf(ReminderPaper.Pdf(reminder))).ReplaceLineEndings(" ");
}
