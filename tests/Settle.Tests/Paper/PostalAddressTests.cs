using Settle.Billing.Rules;
using Settle.Paper.Letters;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>Addresses as the post of their country wants them.</summary>
public sealed class PostalAddressTests
{
    [Theory]
    [InlineData("DE", "10969", "Berlin", "10969 Berlin")]
    [InlineData("AT", "1010", "Wien", "1010 Wien|ÖSTERREICH")]
    [InlineData("FR", "75001", "Paris", "75001 Paris|FRANKREICH")]
    [InlineData("NL", "1012 AB", "Amsterdam", "1012 AB Amsterdam|NIEDERLANDE")]
    [InlineData("US", "78701", "Austin, TX", "Austin, TX 78701|VEREINIGTE STAATEN")]
    [InlineData("CA", "K1A 0B1", "Ottawa ON", "Ottawa ON K1A 0B1|KANADA")]
    [InlineData("AU", "3000", "Melbourne VIC", "Melbourne VIC 3000|AUSTRALIEN")]
    [InlineData("GB", "SW1A 2AA", "London", "London|SW1A 2AA|VEREINIGTES KÖNIGREICH")]
    [InlineData("IE", "D02 X285", "Dublin 2", "Dublin 2|D02 X285|IRLAND")]
    [InlineData("IN", "560001", "Bengaluru", "Bengaluru 560001|INDIEN")]
    [InlineData("JP", "100-0001", "Tokyo", "Tokyo 100-0001|JAPAN")]
    [InlineData("BR", "01310-100", "São Paulo - SP", "São Paulo - SP|01310-100|BRASILIEN")]
    [InlineData("HK", "", "Kowloon", "Kowloon|HONGKONG")]
    public void The_postal_code_stands_where_its_country_has_it(string country, string code, string city, string end)
    {
        var lines = PostalAddress.Of(Party(country, code, city), from: "DE", "de");
        Assert.Equal($"Dave|Main St 1|{end}", string.Join('|', lines));
    }

    [Fact]
    public void Hungary_begins_with_the_city() => Assert.Equal(["Dave", "Budapest", "Main St 1", "1051", "HUNGARY"],
        PostalAddress.Of(Party("HU", "1051", "Budapest"), from: "DE", "en"));

    [Fact]
    public void Japan_begins_with_the_largest_in_its_own_script() => Assert.Equal(["〒100-0001", "東京都千代田区", "千代田1-1", "山田商店"],
        PostalAddress.Of(Party("JP", "100-0001", "東京都千代田区") with { Name = "山田商店", Street = "千代田1-1" }, from: "JP", "en"));

    [Fact]
    public void Every_country_has_a_name_in_every_language()
    {
        foreach (var country in CodeLists.Countries)
        {
            foreach (var language in new[] { "en", "de", "fr" })
                Assert.True(CountryNames.Of(country, language).Length > 2, $"{country} has no name in {language}");
        }
    }

    private static Party Party(string country, string code, string city) =>
        new() { Name = "Dave", Street = "Main St 1", PostalCode = code, City = city, Country = country };
}
