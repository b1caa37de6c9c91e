using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>An amount is the same amount, however it was made.</summary>
public sealed class MoneyTests
{
    [Fact]
    public void Equal_money_is_equal()
    {
        Money[] fiftyDollars =
        [
            Money.Of(50, "USD"), Money.Of(50.00m, "USD"), Money.OfMinor(5000, "USD"),
            Money.OfMinor(50_000, "USD", 3),
        ];
        Assert.Single(fiftyDollars.Distinct());
        Assert.All(fiftyDollars, each => Assert.Equal(50m, each.Value));
        Assert.NotEqual(Money.Of(50, "USD"), Money.Of(50, "EUR"));
        Assert.NotEqual(Money.Of(50, "USD"), Money.Of(50));
    }

    [Theory]
    [InlineData("50", 2, 5000)]
    [InlineData("0.01", 2, 1)]
    [InlineData("1.10", 1, 11)]
    [InlineData("90071992547409.91", 2, 9007199254740991)]
    public void It_becomes_the_minor_unit_of_an_asset(string major, int scale, long minor) =>
        Assert.Equal(minor, Money.Of(Decimal(major), "x").ToMinor(scale));

    [Theory]
    [InlineData("0.001", 2)]
    [InlineData("1.5", 0)]
    [InlineData("0", 2)]
    [InlineData("-1", 2)]
    [InlineData("90071992547409.92", 2)]
    [InlineData("79228162514264337593543950335", 12)]
    public void What_no_transfer_can_move_is_refused(string major, int scale)
    {
        var e = Assert.Throws<InvalidRequestException>(
            () => Money.Of(Decimal(major), "x").ToMinor(scale));
        Assert.Equal("amount", e.Field);
    }

    [Fact]
    public void Minor_units_of_an_asset_that_is_no_currency_need_its_scale()
    {
        Assert.Throws<InvalidRequestException>(() => Money.OfMinor(250, "points"));
        Assert.Equal(Money.Of(25, "points"), Money.OfMinor(250, "points", 1));
    }

    [Fact]
    public void It_is_added_and_compared_within_one_asset_only()
    {
        Assert.Equal(Money.Of(50.5m, "USD"), Money.Of(50, "USD") + Money.OfMinor(50, "USD"));
        Assert.Equal(Money.Of(-0.5m, "USD"), Money.Of(50, "USD") - Money.Of(50.5m, "USD"));
        Assert.True(Money.Of(50, "USD") < Money.OfMinor(5001, "USD"));
        Assert.Throws<ArgumentException>(() => Money.Of(1, "USD") + Money.Of(1, "EUR"));
        Assert.Throws<ArgumentException>(() => Money.Of(1, "USD") < Money.Of(1, "EUR"));
    }

    [Fact]
    public void It_reads_as_people_write_it()
    {
        Assert.Equal("50.00 USD", Money.OfMinor(5000, "USD").ToString());
        Assert.Equal("-0.05 USD", Money.OfMinor(-5, "USD").ToString());
        Assert.Equal("50", Money.Of(50).ToString());
        Assert.Equal("7 points", Money.OfMinor(7, "points", 0).ToString());
    }

    [Fact]
    public void Any_decimal_keeps_its_value()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), value =>
            Money.Of(value, "x").Value == value
            && Money.Of(value, "x") == Money.Of(value / 1.0000000000000000000000000000m, "x"))
            .QuickCheckThrowOnFailure();
    }

    private static decimal Decimal(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
