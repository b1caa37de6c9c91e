using System.Text;
using Settle.Paper.Shaping;
using Settle.Tests.Local;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>Every script that has a font is printed, and what has none is refused by name.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("東京都千代田区")]
    [InlineData("株式会社テスト")]
    [InlineData("北京市朝阳区")]
    [InlineData("서울특별시 강남구")]
    [InlineData("שלום בע״מ")]
    [InlineData("شركة السلام")]
    [InlineData("हिन्दी कंपनी")]
    [InlineData("বাংলা কোম্পানি")]
    [InlineData("தமிழ் நிறுவனம்")]
    [InlineData("తెలుగు సంస్థ")]
    [InlineData("ಕನ್ನಡ ಸಂಸ್ಥೆ")]
    [InlineData("മലയാളം കമ്പനി")]
    [InlineData("ગુજરાતી કંપની")]
    [InlineData("ਪੰਜਾਬੀ ਕੰਪਨੀ")]
    [InlineData("บริษัท ไทย จำกัด")]
    [InlineData("ລາວ")]
    [InlineData("ភាសាខ្មែរ")]
    [InlineData("አማርኛ")]
    [InlineData("Ἀθῆναι Жук Łódź Ặn")]
    [InlineData("Հայաստան საქართველო")]
    [InlineData("☕ → ✓ ★")]
    [InlineData("😀 🚀")]
    public async Task A_text_of_any_script_is_on_the_letter_and_no_question_mark(string text)
    {
        var letter = await PdfReading.TextAsync(new Bill { To = Bill.Buyer with { Name = text } }
            .Line(text, 1, 1m).Make());
        Assert.DoesNotContain('?', letter);
        // Which sign stands before a mark on it is a matter of the reader.
        foreach (var word in text.Split(' ')) Assert.Contains(Sorted(word), Sorted(letter.Split('\n', ' ')));
    }

    [Fact]
    public async Task An_accent_of_its_own_is_printed_on_its_letter()
    {
        var text = await PdfReading.TextAsync(new Bill
        {
            To = Bill.Buyer with { Name = "Mu\u0308ller & So\u0308hne", City = "Ko\u0308ln" },
        }.Line("Cafe\u0301", 1, 1m).Make());
        Assert.Contains("Müller & Söhne", text, StringComparison.Ordinal);
        Assert.Contains("20457 Köln", text, StringComparison.Ordinal);
        Assert.Contains("Café", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_join_and_signs_go_in_their_direction()
    {
        // Lam and alef are one glyph, and the first letter is the rightmost.
        var shaped = TextShaper.Shape(LetterFonts.Regular, "لا");
        Assert.Single(shaped.Runs.Single().Clusters);
        var mixed = TextShaper.Shape(LetterFonts.Regular, "שלום 12 abc");
        Assert.Equal("abc", string.Concat(mixed.Runs[0].Clusters.Select(c => c.Text)).Trim());
        Assert.Equal("ש", mixed.Runs[^1].Clusters[^1].Text);
        Assert.Contains(mixed.Runs, run => string.Concat(run.Clusters.Select(c => c.Text)).Contains("12", StringComparison.Ordinal));
    }

    [Fact]
    public void What_no_font_has_is_refused_with_its_field_and_character()
    {
        var invoice = new Bill { To = Bill.Buyer with { City = "བོད" } }.Line("Tea", 1, 1m).Make();
        var error = Assert.Throws<UnprintableException>(() => InvoicePaper.Pdf(invoice));
        Assert.Equal(("unprintable", "buyer.city"), (error.Code, error.Field));
        Assert.Contains("'བ' (U+0F56)", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(InvoicePaper.Ubl(invoice));
    }

    [Fact]
    public async Task What_could_not_be_printed_is_refused_when_it_is_entered()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var billing = ledger.Billing;
        var good = new Party { Name = "Dave", Country = "DE" };
        await Refused("party.name", "ꠀ", () => billing.PutCustomerAsync(new CustomerRequest { Customer = "d", Party = good with { Name = "Dave ꠀ" } }));
        await Refused("party.street", "\uE000", () => billing.PutSellerAsync(new SellerRequest { Party = good with { Street = "\uE000" } }));
        await Refused("customer", "བ", () => billing.PutCustomerAsync(new CustomerRequest { Customer = "བ", Party = good }));
        await billing.PutCustomerAsync(new CustomerRequest { Customer = "d", Party = good with { Name = "東京 😀" } });
        await Refused("description", "བ", () => billing.ChargeAsync(
            new ChargeRequest { Customer = "d", Amount = Money.Of(1, "USD"), Description = "Tea བ" }));
    }

    [Fact]
    public async Task The_characters_that_may_be_entered_are_those_that_the_fonts_have()
    {
        var ranges = new StringBuilder();
        for (var start = 0x20; start <= 0x10FFFF; start++)
        {
            if (!Has(start)) continue;
            var end = start;
            while (Has(end + 1)) end++;
            ranges.Append(start == end ? $"{start:X4}\n" : $"{start:X4}-{end:X4}\n");
            start = end;
        }
        var file = Path.Combine(Repository.Root, "src/Settle.Engine/Billing/PrintableCharacters.txt");
        if (Environment.GetEnvironmentVariable("SETTLE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, ranges.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal(ranges.ToString(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static bool Has(int value) => Rune.IsValid(value) && !Rune.IsControl(new Rune(value)) && LetterFonts.Have(new Rune(value));

    private static string Sorted(string word) => string.Concat(word.Order());

    private static string[] Sorted(string[] words) => [.. words.Select(Sorted)];

    private static async Task Refused(string field, string character, Func<Task> ask)
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(ask);
        Assert.Equal(field, error.Field);
        Assert.Contains($"'{character}' ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"U+{(int)character[0]:X4}", error.Message, StringComparison.Ordinal);
    }
}
