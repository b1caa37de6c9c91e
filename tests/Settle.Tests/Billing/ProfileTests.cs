using System.Text.Json;
using Settle.Billing;
using Settle.Chain;
using Settle.Scheduling;
using Settle.Stores.Memory;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A name and address is kept as the wire shows it, in canonical JSON.</summary>
public sealed class ProfileTests
{
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
            var kept = await profiles.GetJsonAsync(hash, TestContext.Current.CancellationToken);
            Assert.Equal(CanonicalJson.Canonicalize(
                JsonSerializer.SerializeToUtf8Bytes(party, WireJson.Compact.Party)), kept);
            Assert.Equal(hash, await profiles.FindSameAsync(party, hash, TestContext.Current.CancellationToken));
        }
    }
}
