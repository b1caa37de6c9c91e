using System.Text;
using System.Text.Json;
using Settle.Billing;
using Settle.Chain;
using Settle.Local;
using Settle.Scheduling;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A name and address is kept as the wire shows it, in canonical JSON.</summary>
public sealed class ProfileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"party\":7}")]
    [InlineData("{}")]
    public async Task A_profile_that_cannot_be_read_is_named_and_keeps_nobody_else_from_being_erased(string damage)
    {
        await using var store = new MemoryStore();
        await using var beside = new MemorySideDocuments();
        await using var ledger = await LocalLedger.OpenAsync(
            "profiles", store, null, new LedgerOptions { SideDocuments = beside }, Stop);
        await MonthEnd.PrepareAsync(ledger, 2, 1);
        string? id = null;
        await foreach (var document in beside.ListAsync("profile:", Stop))
            if (Encoding.UTF8.GetString(document.Body.Span).Contains("Customer 0", StringComparison.Ordinal)) id = document.Id;
        await beside.EraseAsync(id!, Stop);
        await beside.CreateAsync([new Document(id!, Encoding.UTF8.GetBytes(damage))], Stop);
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => ledger.Billing.GetCustomerAsync("c0", Stop));
        Assert.StartsWith($"the document {id} beside the chain cannot be read: ", error.Message, StringComparison.Ordinal);
        if (damage is not ("{}" or "{\"party\":7}"))
        {
            error = await Assert.ThrowsAsync<StoreCorruptException>(() => ledger.Billing.EraseCustomerAsync("c1", Stop));
            Assert.Contains($"what could be read of 'c1' was erased; but the document {id}", error.Message, StringComparison.Ordinal);
        }
        else await ledger.Billing.EraseCustomerAsync("c1", Stop);
        Assert.True((await ledger.Billing.GetCustomerAsync("c1", Stop))!.Erased);
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
            { Customer = "c0", Party = new Party { Name = "Customer 0", Country = "DE" } }, Stop);
        Assert.Equal("Customer 0", (await ledger.Billing.GetCustomerAsync("c0", Stop))!.Party!.Name);
    }

    [Fact]
    public async Task A_profile_is_the_canonical_form_of_what_the_wire_shows()
    {
        var plain = new Party { Name = "Dave", Country = "DE" };
        foreach (var party in (Party[])[plain, plain with { Name = "Ünï \"q\" \\ \t 😀", Street = "Ring 1", Language = "de" },
            plain with { SmallBusiness = true, Logo = [1, 2, 250], VatId = "DE1", Email = "a@b.example" }])
        {
            using var scheduler = new Scheduler();
            var profiles = new Profiles(new MemorySideDocuments(), scheduler);
            var hash = await profiles.CreateAsync(party, "dave", TestContext.Current.CancellationToken);
            var gone = new BlockHash(new byte[32]);
            var kept = Assert.Single(await profiles.GetAllAsync([hash, gone, hash], TestContext.Current.CancellationToken));
            Assert.Equal(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(party, WireJson.Compact.Party)),
                Profiles.JsonIn(hash, kept.Value));
            Assert.Equal(hash, await profiles.FindSameAsync(party, hash, TestContext.Current.CancellationToken));
        }
    }
}
