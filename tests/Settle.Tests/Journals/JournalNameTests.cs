using System.Text.RegularExpressions;
using Settle.Journals;
using Xunit;

namespace Settle.Tests.Journals;

public sealed partial class JournalNameTests
{
    [Theory]
    [InlineData("Alex", "Alex")]
    [InlineData("customers:42:wallet", "customers:42:wallet")]
    [InlineData("@world", "@world")]
    [InlineData("Ann Lee", "Ann Lee")]
    [InlineData("Jiří", "Jiří")]
    [InlineData("a  b", "a%20%20b")]
    [InlineData("a::b", "a%3A%3Ab")]
    [InlineData(":a:", "%3Aa%3A")]
    [InlineData("(virtual)", "%28virtual%29")]
    [InlineData("a;b", "a%3Bb")]
    [InlineData("100%", "100%25")]
    [InlineData("a : b", "a%20%3A%20b")]
    public void Hledger_sees_a_name_that_it_cannot_misread(string account, string name) =>
        Assert.Equal(name, HledgerNames.Encode(account));

    [Theory]
    [InlineData("Alex", "Assets:Alex")]
    [InlineData("alex", "Assets:Alex-")]
    [InlineData("@world", "Equity:World")]
    [InlineData("world", "Assets:World-")]
    [InlineData("customers:42:wallet", "Assets:Customers-:42:Wallet-")]
    [InlineData("Ann-Lee", "Assets:Ann-2DLee")]
    [InlineData("Ann Lee", "Assets:Ann-20Lee")]
    [InlineData("Jiří", "Assets:Jiří")]
    [InlineData("ří", "Assets:Xří--")]
    [InlineData("@till", "Assets:X-40till--")]
    [InlineData("a::b", "Assets:A-:X--:B-")]
    [InlineData("😀", "Assets:X-F0-9F-98-80--")]
    public void Beancount_sees_a_name_that_it_allows(string account, string name) =>
        Assert.Equal(name, BeancountNames.Encode(account));

    [Fact]
    public void Names_are_told_apart_and_can_be_read_back()
    {
        var random = new Random(7);
        var hledger = new Dictionary<string, string>();
        var beancount = new Dictionary<string, string>();
        for (var i = 0; i < 20_000; i++)
        {
            var account = NastyNames.Next(random);
            var name = HledgerNames.Encode(account);
            Assert.Equal(account, hledger.GetValueOrDefault(name, account));
            Assert.Equal(account, Balances.DecodePercent(name));
            hledger[name] = account;

            name = BeancountNames.Encode(account);
            Assert.Equal(account, beancount.GetValueOrDefault(name, account));
            Assert.Equal(account, Balances.DecodeBeancount(name));
            Assert.Matches(BeancountPattern, name);
            beancount[name] = account;
        }
    }

    [Fact]
    public void Assets_become_different_currencies_that_beancount_allows()
    {
        var currencies = new BeancountCurrencies();
        string[] assets =
            ["EUR", "points", "POINTS", "Points", "X", "x", "TRUE", "null", "a-", "A.b_c",
                "a23456789012345B"];
        var names = assets.Select(asset => currencies.Of(asset, out _)).ToList();

        Assert.Equal(["EUR", "POINTS", "POINTS'1", "POINTS'2", "X'1", "X'2", "TRUE'1", "NULL'1",
            "A-'1", "A.B_C",
            "A23456789012345B"], names);
        Assert.Equal("POINTS", currencies.Of("points", out var isNew));
        Assert.False(isNew);
    }

    [GeneratedRegex(@"^(Assets|Equity)(:[\p{Lu}\p{Nd}][\p{L}\p{Nd}\-]*)+$")]
    private static partial Regex BeancountPattern { get; }
}
