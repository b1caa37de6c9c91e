using Settle.Billing;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.Sqlite;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>An effect begins once, whoever sends at the same time.</summary>
[Collection<SharedCouch>]
public sealed class OutboxClaimTests(CouchFixture couch)
{
    private const int Senders = 4;
    private const int Invoices = 20;

    [Fact]
    public async Task Of_senders_on_one_file_one_claims_each_effect()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.File("ledger.db");
        await using (await SqliteStore.OpenAsync(path)) { }
        await RaceAsync(() => Task.FromResult<ISideDocuments>(new SqliteSideDocuments(LedgerFile.At(path), isReadOnly: false)));
    }

    [Fact]
    public async Task Of_senders_on_one_database_one_claims_each_effect_whichever_node_it_asks()
    {
        using var place = couch.NewDatabase();
        await using var made = await place.OpenStoreAsync();
        await RaceAsync(async () => new CouchSideDocuments(await place.OpenStoreAsync()));
    }

    // The copies took the claims in different orders, so that each node shows another one.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_senders_whose_claims_reached_different_copies_one_claims(int other)
    {
        await using var cluster = new ScriptedCluster();
        cluster.Reaches = _ => [0, 1, 2];
        await using var first = await OpenAsync(cluster);
        await using var second = await OpenAsync(cluster);
        var item = Item(1);
        var calls = 0;
        // What one writes begins at one copy, what the other writes at the next ones.
        cluster.Reaches = _ => calls++ == 0 ? [other] : null;
        bool[] claims =
        [
            await Outbox(new CouchSideDocuments(first)).TryClaimAsync(item, default),
            await Outbox(new CouchSideDocuments(second)).TryClaimAsync(item, default),
        ];
        Assert.Single(claims, isOurs => isOurs);
        for (cluster.Reader = 0; cluster.Reader < 3; cluster.Reader++)
        {
            await using var reader = await OpenAsync(cluster);
            var seen = await Outbox(new CouchSideDocuments(reader))
                .GetAsync(item.Kind, item.Number, item.Customer, default);
            Assert.Equal(OutboxItem.Claimed, seen.State);
        }
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_ours_when_the_copies_have_it()
    {
        await using var cluster = new ScriptedCluster();
        await using var store = await OpenAsync(cluster);
        cluster.Instead = _ => (500, """{"error":"e","reason":"r"}""");
        Assert.True(await Outbox(new CouchSideDocuments(store)).TryClaimAsync(Item(1), default));
        Assert.False(await Outbox(new CouchSideDocuments(store)).TryClaimAsync(Item(1), default));
    }

    private static async Task RaceAsync(Func<Task<ISideDocuments>> open)
    {
        var sideDocuments = new List<ISideDocuments>();
        for (var i = 0; i < Senders; i++) sideDocuments.Add(await open());
        for (var number = 1; number <= Invoices; number++)
        {
            var item = Item(number);
            var claims = await Task.WhenAll(sideDocuments.Select(each =>
                Task.Run(() => Outbox(each).TryClaimAsync(item, default))));
            Assert.Single(claims, isOurs => isOurs);
        }
        foreach (var each in sideDocuments) await each.DisposeAsync();
    }

    private static Task<CouchStore> OpenAsync(ScriptedCluster cluster) => CouchStore.OpenAsync(
        CouchAddress.Parse(cluster.Location), mayMake: false, isReadOnly: false, default);

    private static InvoiceOutbox Outbox(ISideDocuments sideDocuments) => new(sideDocuments, TimeProvider.System, "test");

    private static OutboxItem Item(int number) => new()
    {
        Kind = "mail",
        Number = $"2026-{number:000000}",
        Customer = "Alex",
        State = OutboxItem.Waiting,
        Attempt = 1,
    };
}
