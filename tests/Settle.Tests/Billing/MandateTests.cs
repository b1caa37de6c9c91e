using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Mandates of customers, and the identifier of the seller who collects.</summary>
public sealed class MandateTests
{
    private static readonly Party Ann = new()
    {
        Name = "Ann", Country = "DE", Iban = "DE89 3704 0044 0532 0130 00", Mandate = "M-1", MandateDate = new DateOnly(2026, 1, 2),
    };

    private static readonly Party Bench = new() { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" };

    [Fact]
    public async Task A_mandate_is_kept_with_its_account()
    {
        await using var ledger = Settle.Ledger.InMemory();
        var kept = await PutAsync(ledger, Ann with { MandateScheme = "b2b", MandateType = "one_off" });
        Assert.Equal(("DE89370400440532013000", "M-1", new DateOnly(2026, 1, 2), "b2b", "one_off"),
            (kept.Party!.Iban, kept.Party.Mandate, kept.Party.MandateDate, kept.Party.MandateScheme, kept.Party.MandateType));
        Assert.Equal(kept.Party, (await ledger.Billing.GetCustomerAsync("ann", TestContext.Current.CancellationToken))!.Party);
    }

    // The identifiers of the EPC's list of examples, and one of Germany.
    [Theory]
    [InlineData("DE98ZZZ09999999999")]
    [InlineData("de98 ZZZ0 9999 9999 99")]
    [InlineData("AT61ZZZ01234567890")]
    public async Task A_right_creditor_identifier_is_taken(string text)
    {
        await using var ledger = Settle.Ledger.InMemory();
        var seller = await ledger.Billing.PutSellerAsync(
            new SellerRequest { Party = Bench with { CreditorId = text } }, TestContext.Current.CancellationToken);
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), seller.Party.CreditorId);
    }

    [Theory]
    [InlineData("DE97ZZZ09999999999")]
    [InlineData("DE98ZZZ0999999999")]
    [InlineData("DE98ZZZ09999999990")]
    [InlineData("98ZZZ09999999999")]
    [InlineData("DE98ZZ\u00dc09999999999")]
    public async Task A_mistyped_creditor_identifier_is_refused(string text)
    {
        await using var ledger = Settle.Ledger.InMemory();
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutSellerAsync(
            new SellerRequest { Party = Bench with { CreditorId = text } }, TestContext.Current.CancellationToken));
        Assert.Equal("party.creditor_id", error.Field);
    }

    public static TheoryData<string, Party> Wrong => new()
    {
        { "party.mandate", Ann with { Mandate = null } },
        { "party.mandate", Ann with { Mandate = "M\u00fcller" } },
        { "party.mandate", Ann with { Mandate = "/M" } },
        { "party.mandate", Ann with { Mandate = "M//1" } },
        { "party.mandate", Ann with { Mandate = new string('M', 36) } },
        { "party.mandate_date", Ann with { MandateDate = null } },
        { "party.mandate_scheme", Ann with { MandateScheme = "cor1" } },
        { "party.mandate_type", Ann with { MandateType = "twice" } },
        { "party.iban", Ann with { Iban = null } },
        { "party.iban", Ann with { Iban = "DE88370400440532013000" } },
        { "party.iban", Ann with { Iban = "TR330006100519786457841326" } },
        { "party.bic", Ann with { Iban = "CH9300762011623852957" } },
        { "party.creditor_id", Ann with { CreditorId = "DE98ZZZ09999999999" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_with_its_field(string field, Party party)
    {
        await using var ledger = Settle.Ledger.InMemory();
        await ledger.Billing.PutSellerAsync(new SellerRequest { Party = Bench }, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => PutAsync(ledger, party));
        Assert.Equal(field, error.Field);
    }

    private static Task<Customer> PutAsync(ILedger ledger, Party party) => ledger.Billing.PutCustomerAsync(
        new CustomerRequest { Customer = "ann", Party = party }, TestContext.Current.CancellationToken);
}
