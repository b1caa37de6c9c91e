using System.Text;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What an invoice must say is said by characters that can be seen.</summary>
public sealed class VisibleTextTests
{
    // Spaces, formats, marks without a letter, empty letters and symbols.
    public static TheoryData<int> Invisible { get; } =
    [
        0x00A0, 0x3000, 0x2003, 0x200B, 0x2060, 0xFEFF, 0x00AD, 0x200D, 0xFE0F, 0x034F, 0x200E, 0xE0041, 0xE0101,
        0x2800, 0x3164, 0x115F, 0x1160, 0xFFA0, 0x17B4, 0x0301, 0x20DD, 0xFFFC, 0x180B, 0x061C,
    ];

    [Theory, MemberData(nameof(Invisible))]
    public async Task A_text_that_must_be_given_has_something_to_see(int codePoint)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.InitializeAsync("EUR");
        var party = new Party { Name = "Ann", Country = "DE", VatId = "DE123456788" };
        var text = string.Concat(Enumerable.Repeat(new Rune(codePoint).ToString(), 2));
        await ledger.Billing.PutSellerAsync(new SellerRequest { Party = party, TaxRates = ["19"], DefaultTax = "19" });
        await ledger.Billing.PutCustomerAsync(new CustomerRequest { Customer = "ann", Party = party });
        var charge = new ChargeRequest { Customer = "ann", Amount = Money.Of(1), Description = "x", Tax = "exempt" };
        foreach (var (wrong, field) in new[] { (charge with { Description = text }, "description"),
            (charge with { Exemption = text }, "exemption"), (charge with { CostCentre = text }, "cost_centre"),
            (charge with { Id = text }, "id") })
        {
            await RefusedAsync(field, codePoint, () => ledger.Billing.ChargeAsync(wrong));
        }
        foreach (var (wrong, field) in new[] { (party with { Name = text }, "name"), (party with { Street = text }, "street"),
            (party with { City = text }, "city"), (party with { Exemption = text }, "exemption"),
            (party with { Contact = text }, "contact") })
        {
            await RefusedAsync("party." + field, codePoint,
                () => ledger.Billing.PutSellerAsync(new SellerRequest { Party = wrong }));
        }
        await RefusedAsync("description", codePoint, () => ledger.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Subscription = "desk", Customer = "ann", Amount = Money.Of(1), Description = text, Start = new(2026, 10, 1),
        }));
    }

    [Theory]
    [InlineData("e\u0301")]
    [InlineData("\u200bx")]
    [InlineData("🙂")]
    [InlineData("ที่")]
    [InlineData("-")]
    public async Task What_can_be_seen_may_have_characters_beside_it_that_cannot(string description)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.InitializeAsync("EUR");
        var party = new Party { Name = "Ann", Country = "DE", VatId = "DE123456788" };
        await ledger.Billing.PutSellerAsync(new SellerRequest { Party = party, TaxRates = ["19"], DefaultTax = "19" });
        await ledger.Billing.PutCustomerAsync(new CustomerRequest { Customer = "ann", Party = party });
        var charge = await ledger.Billing.ChargeAsync(
            new ChargeRequest { Customer = "ann", Amount = Money.Of(1), Description = description });
        Assert.Equal(description, charge.Description);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\n")]
    public async Task Nothing_but_spaces_is_blank(string description)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.ChargeAsync(
            new ChargeRequest { Customer = "ann", Amount = Money.Of(1), Description = description }));
        Assert.StartsWith("description: must not be blank", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PO\u00a017", 0x00A0)]
    [InlineData("PO\u200d17", 0x200D)]
    [InlineData("PO\u200b17", 0x200B)]
    [InlineData("PO\u202817", 0x2028)]
    [InlineData("PO\u300017", 0x3000)]
    [InlineData("PO\ufe0f17", 0xFE0F)]
    [InlineData("PO\ue00017", 0xE000)]
    public async Task A_line_has_nothing_in_it_that_cannot_be_seen_or_looks_like_a_space(string text, int codePoint)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.InitializeAsync("EUR");
        var party = new Party { Name = "Ann", Country = "DE", VatId = "DE123456788" };
        await ledger.Billing.PutSellerAsync(new SellerRequest { Party = party, TaxRates = ["19"], DefaultTax = "19" });
        await ledger.Billing.PutCustomerAsync(new CustomerRequest { Customer = "ann", Party = party });
        foreach (var (wrong, field) in new[]
        {
            (party with { OrderNumber = text }, "order_number"), (party with { BuyerReference = text }, "buyer_reference"),
            (party with { Name = text }, "name"), (party with { Street = text }, "street"), (party with { Street2 = text }, "street2"),
            (party with { City = text }, "city"), (party with { PostalCode = text }, "postal_code"),
            (party with { TaxNumber = text }, "tax_number"), (party with { RegistrationId = text }, "registration_id"),
            (party with { Phone = text }, "phone"), (party with { Contact = text }, "contact"), (party with { Bank = text }, "bank"),
            (party with { Mandate = text }, "mandate"), (party with { Exemption = text }, "exemption"),
        })
        {
            await AssertNamedAsync("party." + field, codePoint, () => ledger.Billing.PutCustomerAsync(
                new CustomerRequest { Customer = "bob", Party = wrong }));
        }
        var run = new InvoiceRunRequest { Customer = "ann", Through = new(2026, 10, 31) };
        await AssertNamedAsync("order_number", codePoint, () => ledger.Billing.InvoiceAsync(run with { OrderNumber = text }));
        await AssertNamedAsync("buyer_reference", codePoint, () => ledger.Billing.InvoiceAsync(run with { BuyerReference = text }));
        var charge = new ChargeRequest { Customer = "ann", Amount = Money.Of(1), Description = "x", Tax = "exempt" };
        await AssertNamedAsync("exemption", codePoint, () => ledger.Billing.ChargeAsync(charge with { Exemption = text }));
        await AssertNamedAsync("cost_centre", codePoint, () => ledger.Billing.ChargeAsync(charge with { CostCentre = text }));
    }

    [Fact]
    public async Task An_address_may_have_marks_and_two_spaces_and_a_reference_has_one_spelling()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var party = new Party { Name = "Mu\u0308ller  GmbH", Country = "DE", Street = "Weg  5" };
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutCustomerAsync(new CustomerRequest { Customer = "ann", Party = party });
        foreach (var text in (string[])["A  5", "u\u0308"])
        {
            Assert.Equal("party.order_number", (await Assert.ThrowsAsync<InvalidRequestException>(
                () => ledger.Billing.PutCustomerAsync(new CustomerRequest
                    { Customer = "bob", Party = party with { OrderNumber = text } }))).Field);
        }
    }

    private static async Task AssertNamedAsync(string field, int codePoint, Func<Task> act)
    {
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(act);
        Assert.Equal(field, fault.Field);
        Assert.Contains($"U+{codePoint:X4}", fault.Message, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string field, int codePoint, Func<Task> act)
    {
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(act);
        Assert.Equal(field, fault.Field);
        // A line of spaces is said to begin with one.
        if (Rune.IsWhiteSpace(new Rune(codePoint)) && field != "description") return;
        Assert.Contains($"U+{codePoint:X4}", fault.Message, StringComparison.Ordinal);
    }
}
