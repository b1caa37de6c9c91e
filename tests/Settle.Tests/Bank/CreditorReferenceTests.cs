using Settle.Bank;
using Xunit;

namespace Settle.Tests.Bank;

/// <summary>References with check digits, and what lines name with them.</summary>
public sealed class CreditorReferenceTests
{
    private static readonly OpenInvoice Invoice =
        new("2026-000001", "dave", "Dave", "EUR", new DateOnly(2026, 10, 31), 10000, 10000);

    // The first two are the examples of ISO 11649 and of the Swiss guidelines.
    [Theory]
    [InlineData("RF18 5390 0754 7034", "539007547034")]
    [InlineData("21 00000 00003 13947 14300 09017", "21000000000313947143000901")]
    [InlineData("rf18539007547034", "539007547034")]
    [InlineData("RF19539007547034", null)]
    [InlineData("210000000003139471430009018", null)]
    [InlineData("RF18", null)]
    [InlineData("539007547034", null)]
    public void The_check_digits_decide(string text, string? reference) =>
        Assert.Equal(reference, CreditorReference.Read(text));

    [Theory]
    [InlineData("{0}")]
    [InlineData("Ref. {0} danke")]
    [InlineData("{1}")]
    [InlineData("{1} von Bob")]
    public void An_invoice_is_named_by_its_RF_reference(string text)
    {
        var rf = RF("2026000001");
        var written = string.Format(null, text, rf, string.Join(' ', rf.Chunk(4).Select(part => new string(part))));
        var match = Match(written);
        Assert.Equal((BankLineStatus.Certain, "2026-000001"), (match.Certainty, match.Payments[0].Invoice));
    }

    [Fact]
    public void A_reference_that_is_mistyped_is_never_certain()
    {
        var rf = RF("2026000001");
        var wrong = rf[..2] + (rf[2] == '9' ? "0" : "9") + rf[3..];
        foreach (var text in new[] { wrong, $"{wrong[..4]} 2026 0000 01" })
        {
            var match = Match(text);
            Assert.NotEqual(BankLineStatus.Certain, match.Certainty);
            Assert.Contains("check digits", match.Reason, StringComparison.Ordinal);
        }
        var structured = Match("", "RF01123456");
        Assert.Contains("RF01123456", structured.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_only_looks_like_a_reference_is_none() =>
        Assert.Equal(BankLineStatus.Certain, Match("RF10 2026-000001").Certainty);

    private static string RF(string reference)
    {
        for (var check = 2; check < 99; check++)
        {
            var rf = $"RF{check:D2}{reference}";
            if (CreditorReference.Read(rf) is not null) return rf;
        }
        throw new InvalidOperationException(reference);
    }

    private static BankMatch Match(string text, params string[] structured) => BankMatcher.Match([new BankLine
    {
        Id = "bank:1",
        Account = BankSamples.Iban,
        Date = new DateOnly(2026, 11, 12),
        Asset = "EUR",
        Amount = 10000,
        IsCredit = true,
        Text = text,
        Structured = structured,
    }], new BankBooks([Invoice]))[0];
}
