using Settle.Cli.Input;
using Xunit;

namespace Settle.Tests.Cli.Input;

public sealed class InputTests
{
    [Theory]
    [InlineData("45s", 45)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43200)]
    [InlineData("7d", 604800)]
    [InlineData("2w", 1209600)]
    [InlineData("3650d", 315360000)]
    public void A_duration_is_a_number_with_its_unit(string text, long seconds) =>
        Assert.Equal(seconds, Parse.Duration("expires", text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("-7d")]
    [InlineData("1.5h")]
    [InlineData("7 d")]
    [InlineData("3651d")]
    [InlineData("9223372036854775807w")]
    public void Anything_else_is_no_duration(string text) =>
        Assert.Equal("expires",
            Assert.Throws<InvalidRequestException>(() =>
                Parse.Duration("expires", text)).Field);

    [Theory]
    [InlineData("2026-11-21T20:23:11Z", "2026-11-21T20:23:11.0000000+00:00")]
    [InlineData("2026-11-21T20:23:11.5+02:00", "2026-11-21T20:23:11.5000000+02:00")]
    [InlineData("2026-11-21", "2026-11-21T23:59:59.9999999+00:00")]
    public void A_moment_is_a_time_or_the_end_of_a_day(string text, string time) =>
        Assert.Equal(time, AsOf.Parse("at", text).Time!.Value.ToString("O"));

    [Fact]
    public void A_moment_can_be_a_height() => Assert.Equal(42, AsOf.Parse("at", "42").Height);

    [Theory]
    [InlineData("Dave -> Alex 50", "Dave", "Alex", "50", null)]
    [InlineData("Dave -> Alex 50.25 EUR", "Dave", "Alex", "50.25", "EUR")]
    [InlineData("the shop -> Ann Lee 5", "the shop", "Ann Lee", "5", null)]
    [InlineData("the shop -> Ann Lee 5 points", "the shop", "Ann Lee", "5", "points")]
    [InlineData("a->b -> c 1", "a->b", "c", "1", null)]
    [InlineData("a -> \"room 9\" 50", "a", "room 9", "50", null)]
    public void A_posting_is_read_from_its_words(string text, string from, string to, string amount,
        string? asset) =>
        Assert.Equal(new Posting
        {
            From = from,
            To = to,
            Amount = Money.Of(Parse.Decimal("amount", amount), asset ?? "USD"),
        }, PostingWords.Parse("postings[0]", text, "USD"));
}
