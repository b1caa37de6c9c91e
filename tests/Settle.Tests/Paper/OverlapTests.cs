using Xunit;

namespace Settle.Tests.Paper;

/// <summary>However long the texts are, no two words of a letter stand on each other.</summary>
public sealed class OverlapTests
{
    private static readonly string Long = "Österreichisch-Ungarische Donaudampfschifffahrtsgesellschaft für Güter, Waren und "
        + "Reisende mbH & Co. KG, Linz an der Donau";

    private static readonly string Longest = string.Concat(Enumerable.Repeat("Wide ", 39));

    private static Party Full(Party party, string text) => party with
    {
        Name = text, Street = text, Street2 = text, City = text, Contact = text, Email = text, Phone = text, Bank = text,
        VatId = text, TaxNumber = text, RegistrationId = text, OrderNumber = text, BuyerReference = text, LeitwegId = text,
    };

    public static TheoryData<string> Names => [.. Bills.Keys];

    private static readonly Dictionary<string, Func<Invoice>> Bills = new()
    {
        ["a name of 118 characters"] = () => new Bill
        {
            From = Bill.Seller with { Name = Long }, To = Bill.Buyer with { Name = Long },
        }.Line("Tea", 1, 1m).Make(),
        ["ten lines of address"] = () => new Bill
        {
            To = Bill.Buyer with { Name = Long, Contact = Long, Street = Long, Street2 = Long, City = Long, Country = "FR" },
        }.Line("Tea", 1, 1m).Make(),
        ["all fields as long as may be"] = () => new Bill { From = Full(Bill.Seller, Longest), To = Full(Bill.Buyer, Longest) }
            .Line("Tea", 1, 1m).Make(),
        ["all fields without a space"] = () => new Bill { From = Full(Bill.Seller, new string('W', 200)), To = Full(Bill.Buyer, new string('W', 200)) }
            .Line("Tea", 1, 1m).Make(),
        ["a long note"] = () => new Bill { Note = string.Join('\n', Enumerable.Repeat(Long, 60)) }.Line("Tea", 1, 1m).Make(),
        ["a description longer than a page"] = () => new Bill().Line("One", 1, 1m)
            .Line(string.Join('\n', Enumerable.Range(1, 140).Select(i => $"Part {i}")), 2, 3m, discount: 10).Line("Three", 1, 1m, day: 9).Make(),
        ["large numbers"] = () => new Bill().In("JPY", 0).Line("Desk", 1234567.123456m, 999_999_999.123456m, "10", unit: "ANN", discount: 123456789)
            .Line("Other", 1, 999_999_999_999m, "10", day: 8).Make(),
        ["a long number"] = () => new Bill { Number = "Werkbank-Niederlassung-Hamburg-Altona-2026-000001" }.Line("Tea", 1, 1m).Make(),
        ["in French"] = () => new Bill { From = Bill.Seller with { Language = "fr" }, To = Bill.Buyer with { Language = null } }
            .Line("Thé", 1, 1m).Gross("Café", 3, 10m).Line("Eau", 2, 1m, day: 9).Make(),
        ["Swiss"] = () => SwissBillTests.Swiss(Full(SwissBillTests.Seller, Long) with { Iban = SwissBillTests.QrIban, PostalCode = "8000" },
            Full(Bill.Buyer, Long) with { LeitwegId = null }),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_word_stands_on_another_or_outside_the_paper(string name)
    {
        var words = await PdfReading.WordsAsync(Bills[name]());
        Assert.NotEmpty(words);
        Assert.All(words, word =>
        {
            Assert.InRange(word.Left, 0, 595.28);
            Assert.InRange(word.Right, 0, 595.28);
            Assert.InRange(word.Bottom, 0, 841.89);
        });
        foreach (var page in words.GroupBy(word => word.Page))
        {
            var all = page.OrderBy(word => word.Top).ToList();
            for (var i = 0; i < all.Count; i++)
            {
                for (var j = i + 1; j < all.Count && all[j].Top < all[i].Bottom; j++)
                    Assert.False(Overlap(all[i], all[j]), $"page {page.Key + 1}: {all[i]} is on {all[j]}");
            }
        }
    }

    [Fact]
    public async Task Nothing_of_a_long_text_is_left_out()
    {
        var text = string.Concat((await PdfReading.TextAsync(Bills["a description longer than a page"]())).Split('\n'));
        for (var i = 1; i <= 140; i++) Assert.Contains($"Part {i}", text, StringComparison.Ordinal);
        var note = await PdfReading.TextAsync(Bills["a long note"]());
        Assert.Equal(60, note.Split("Linz an der Donau").Length - 1);
        var address = (await PdfReading.TextAsync(Bills["ten lines of address"]())).ReplaceLineEndings(" ");
        Assert.Equal(5, address.Split("Linz an der Donau").Length - 1);
        Assert.Contains("FRANKREICH", address, StringComparison.Ordinal);
    }

    // The boxes of words are higher than their letters.
    private static bool Overlap(PdfReading.Word one, PdfReading.Word other)
    {
        var width = Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left);
        var height = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
        return width > 0.5 && height > 0.3 * Math.Min(one.Bottom - one.Top, other.Bottom - other.Top);
    }
}
