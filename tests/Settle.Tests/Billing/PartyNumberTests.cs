using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Numbers with check digits are checked when they are given.</summary>
public sealed class PartyNumberTests
{
    [Theory]
    [InlineData("DE89370400440532013000", "DE89370400440532013000")]
    [InlineData(" de89 3704 0044 0532 0130 00 ", "DE89370400440532013000")]
    [InlineData("DE89-3704-0044-0532-0130-00", "DE89370400440532013000")]
    [InlineData("DE89\u00A03704\u00A00044\u00A00532\u00A00130\u00A000", "DE89370400440532013000")]
    [InlineData("NO93 8601 1117 947", "NO9386011117947")]
    [InlineData("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MT84MALT011000012345MTLCAST001S")]
    [InlineData("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819")]
    [InlineData("CH93 0076 2011 6238 5295 7", "CH9300762011623852957")]
    public async Task An_IBAN_is_kept_without_separators(string typed, string kept)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var request = new SellerRequest { Id = "s", Party = Party with { Iban = typed, Bic = "cobadeff xxx" } };
        var seller = await ledger.Billing.PutSellerAsync(request);
        Assert.Equal((kept, "COBADEFFXXX"), (seller.Party.Iban, seller.Party.Bic));
        Assert.Equal(kept, (await ledger.Billing.GetSellerAsync())!.Party.Iban);
        Assert.True((await ledger.Billing.PutSellerAsync(request)).Replayed);
        Assert.True((await ledger.Billing.PutSellerAsync(
            request with { Party = request.Party with { Iban = kept } })).Replayed);
    }

    [Theory]
    [InlineData("DE89370400440532013001", "check digits")]
    [InlineData("DE98370400440532013000", "check digits")]
    [InlineData("DE8937040044053201300", "22")]
    [InlineData("DE893704004405320130000", "22")]
    [InlineData("GB29NWBK6016133192681", "22")]
    [InlineData("NO938601111794", "15")]
    [InlineData("370400440532013000", "not an IBAN")]
    [InlineData("D", "not an IBAN")]
    [InlineData("DE89 3704 0044 0532 0130 0Ö", "check digits")]
    public async Task A_wrong_IBAN_is_refused_and_said_why(string typed, string why)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "ann", Party = Party with { Iban = typed } }));
        Assert.Equal("party.iban", fault.Field);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        await foreach (var document in ledger.SideDocuments.ListAsync("", TestContext.Current.CancellationToken))
            Assert.Fail($"{document.Id} is left behind");
    }

    [Theory]
    [InlineData("de 123 456 788", "DE123456788")]
    [InlineData("DE 136.695.976", "DE136695976")]
    [InlineData("atu 1358 5627", "ATU13585627")]
    [InlineData("BE 0428.759.497", "BE0428759497")]
    [InlineData("IT 00743110157", "IT00743110157")]
    [InlineData("el 094259216", "EL094259216")]
    [InlineData("CHE-123.456.788 MWST", "CHE-123.456.788 MWST")]
    [InlineData("gb 980 7806 84", "GB 980 7806 84")]
    public async Task A_VAT_id_is_kept_in_one_spelling(string typed, string kept)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var seller = await ledger.Billing.PutSellerAsync(
            new SellerRequest { Id = "s", Party = Party with { VatId = typed } });
        Assert.Equal(kept, seller.Party.VatId);
        var customer = await ledger.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "ann", Party = Party with { VatId = typed } });
        Assert.Equal(kept, customer.Party!.VatId);
    }

    [Theory]
    [InlineData("DE123456789", "check digits")]
    [InlineData("ATU13585626", "check digits")]
    [InlineData("BE0428759498", "check digits")]
    [InlineData("IT00743110158", "check digits")]
    [InlineData("DE12345678", "form of DE")]
    [InlineData("AT13585627", "form of AT")]
    [InlineData("123456788", "two letters of its country")]
    [InlineData("QQ123456788", "two letters of its country")]
    [InlineData("GR094259216", "EL094259216")]
    public async Task A_wrong_VAT_id_is_refused_and_said_why(string typed, string why)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutSellerAsync(
            new SellerRequest { Party = Party with { VatId = typed } }));
        Assert.Equal("party.vat_id", fault.Field);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EL", "'EL' is not a country", "Greece is GR")]
    [InlineData("UK", "'UK' is not a country", "the United Kingdom is GB")]
    [InlineData("fr", "'fr' is not a country", "write it as FR")]
    public async Task A_country_that_is_spelled_otherwise_gets_a_hint(string typed, string quoted, string hint)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "ann", Party = Party with { Country = typed } }));
        Assert.Contains(quoted, fault.Message, StringComparison.Ordinal);
        Assert.Contains(hint, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COBADEFF", true)]
    [InlineData("COBADEFFXXX", true)]
    [InlineData("COBADEFFX", false)]
    [InlineData("COBADEFÜ", false)]
    public async Task A_BIC_has_8_or_11_letters_and_digits(string bic, bool isRight)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var put = () => ledger.Billing.PutSellerAsync(
            new SellerRequest { Party = Party with { Bic = bic } });
        if (isRight) await put();
        else Assert.Equal("party.bic", (await Assert.ThrowsAsync<InvalidRequestException>(put)).Field);
    }

    [Theory]
    [InlineData("04011000-1234512345-06", null)]
    [InlineData("04011000-12345-03", null)]
    [InlineData("991-33333TEST-33", null)]
    [InlineData("991-33333test-33", null)]
    [InlineData("992-90009-96", null)]
    [InlineData("04011000-1234512345-07", "check digits")]
    [InlineData("04011000-1234512354-06", "check digits")]
    [InlineData("04011001-1234512345-06", "check digits")]
    [InlineData("0401100012345123450", "not a Leitweg-ID")]
    [InlineData("04011000-123 45-03", "not a Leitweg-ID")]
    [InlineData("4-03", "not a Leitweg-ID")]
    [InlineData("0401100012345-1-03", "not a Leitweg-ID")]
    [InlineData("04011000-1234567890123456789012345678901-03", "not a Leitweg-ID")]
    public async Task A_Leitweg_ID_has_right_check_digits(string typed, string? why)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var put = () => ledger.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "city", Party = Party with { LeitwegId = typed } });
        if (why is null)
        {
            Assert.Equal(typed, (await put()).Party!.LeitwegId);
            return;
        }
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(put);
        Assert.Equal("party.leitweg_id", fault.Field);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    private static Party Party => new() { Name = "Werkbank", Country = "DE", City = "Berlin" };
}
