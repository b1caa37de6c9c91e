using Settle.Billing;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>A price times its quantity is its line, as printed.</summary>
public sealed class LinePriceTests
{
    [Theory]
    [InlineData(3, 10, "19", "8.403")]
    [InlineData(7, 2.80, "7", "2.617")]
    [InlineData(1, 19.99, "19", "16.80")]
    public void A_net_price_of_a_gross_one_has_the_decimals_it_needs(decimal quantity, decimal price, string tax, string shown)
    {
        var line = new Bill().Gross("Ticket", quantity, price, tax).Make().Lines.Single();
        var one = LinePrice.Of(line, 2)!.Value;
        Assert.Equal(line.Net.Value, Math.Round(one * quantity, 2, MidpointRounding.AwayFromZero));
        Assert.Equal(decimal.Parse(shown, System.Globalization.CultureInfo.InvariantCulture), Math.Round(one, shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1));
    }

    [Fact]
    public void Every_line_multiplies_however_its_price_was_agreed()
    {
        var random = new Random(16);
        for (var i = 0; i < 2000; i++)
        {
            var bill = new Bill();
            for (var j = 0; j < 5; j++)
            {
                var quantity = random.Next(4) == 0 ? random.Next(1, 9_999_999) / 1000m : random.Next(1, 400);
                bill.Gross("Ticket", quantity, random.Next(1, 99_999) / 100m, random.Next(2) == 0 ? "19" : "7");
            }
            foreach (var line in bill.Make().Lines)
            {
                Assert.Equal(line.Net.Value, Math.Round(LinePrice.Of(line, 2)!.Value * line.Quantity, 2, MidpointRounding.AwayFromZero));
            }
        }
    }

    [Fact]
    public async Task The_letter_shows_the_price_that_the_electronic_invoice_has()
    {
        var invoice = new Bill().Gross("Day ticket", 3, 10m).Make();
        var line = ElectronicInvoice.Of(invoice).Lines.Single();
        Assert.Null(line.PriceBase);
        Assert.Contains($"3 {line.Price}".Replace('.', ','), await PdfReading.TextAsync(invoice), StringComparison.Ordinal);
    }
}
