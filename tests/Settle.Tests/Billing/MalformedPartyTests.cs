using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Names and addresses are kept for ever beside the chain: not those of a malformed request.</summary>
public sealed class MalformedPartyTests
{
    [Theory]
    [InlineData("tax_rates")]
    [InlineData("default_tax")]
    [InlineData("zone")]
    [InlineData("series")]
    [InlineData("id")]
    public async Task A_malformed_seller_leaves_no_document_behind(string field)
    {
        var request = new SellerRequest
        {
            Id = field == "id" ? new string('i', 300) : "s-1", Party = Party, Zone = field == "zone" ? "Mars/Base" : "Europe/Berlin",
            TaxRates = field == "tax_rates" ? ["much"] : ["19"], DefaultTax = field == "default_tax" ? "lots" : "19",
            Series = field == "series" ? new string('x', 300) : "R-",
        };
        await LeavesNothingAsync(field, billing => billing.PutSellerAsync(request));
    }

    [Theory]
    [InlineData("customer")]
    [InlineData("zone")]
    [InlineData("asset")]
    [InlineData("terms_days")]
    [InlineData("treatment")]
    public async Task A_malformed_customer_leaves_no_document_behind(string field)
    {
        var request = new CustomerRequest
        {
            Customer = field == "customer" ? "" : "dave", Party = Party, Zone = field == "zone" ? "Mars/Base" : null,
            Asset = field == "asset" ? "1" : null, TermsDays = field == "terms_days" ? -1 : 14,
            Treatment = field == "treatment" ? (TaxTreatment)99 : null,
        };
        await LeavesNothingAsync(field, billing => billing.PutCustomerAsync(request));
    }

    private static Party Party => new() { Name = "Werkbank", Country = "DE", City = "Berlin" };

    private static async Task LeavesNothingAsync(string field, Func<IBilling, Task> ask)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var e = await Assert.ThrowsAsync<InvalidRequestException>(() => ask(ledger.Billing));
        Assert.Equal(field, e.Field);
        await foreach (var document in ledger.SideDocuments.ListAsync("", TestContext.Current.CancellationToken))
            Assert.Fail($"{document.Id} is left behind");
    }
}
