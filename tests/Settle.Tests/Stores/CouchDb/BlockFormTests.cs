using System.Text.Json.Nodes;
using Settle.Local;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.CouchDb.Design;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>Blocks in a database: with tables, without them, and both in one chain.</summary>
[Collection<SharedCouch>]
public sealed class BlockFormTests(CouchFixture couch) : IDisposable
{
    private const string Design = "_design/settle";

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_block_is_a_table_and_its_bytes_are_those_of_a_file()
    {
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync()) await PayAsync(ledger, 0, 40);
        using var user = place.AsAdmin();
        var block = user.Get(Block(2));
        Assert.Equal(4 * 40, Assert.IsType<JsonArray>(Assert.Single(block["entries"]!.AsArray())).Count);
        Assert.Equal(0, block["sums"]!.AsArray().Sum(sum => (long)sum!));
        var file = _folder.File("copy.db");
        await LedgerMirror.CopyAsync(place.Location, file, cancellationToken: Stop);
        Assert.True((await LedgerVerification.VerifyAsync(file, cancellationToken: Stop)).IsClean);
        await using var copy = await Ledger.OpenAsync(file, cancellationToken: Stop);
        await using var again = await place.OpenAsync();
        var (a, b) = (await again.ReadBlocksAsync(1, 9, Stop), await copy.ReadBlocksAsync(1, 9, Stop));
        Assert.Equal(2, a.Count);
        Assert.All(a.Zip(b), pair => Assert.True(pair.First.Body.Span.SequenceEqual(pair.Second.Body.Span)));
    }

    [Fact]
    public async Task Old_blocks_and_new_ones_are_one_chain_with_the_same_views()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        var (file, clock) = (_folder.File("bank.db"), new ManualClock());
        var life = new RandomLife(5, clock);
        await using (var ledger = (LocalLedger)await Ledger.OpenAsync(file, new LedgerOptions { Clock = clock }, Stop))
        {
            await life.LiveAsync(ledger, 60);
            // As an older program wrote them.
            place.Send(HttpMethod.Put, "").Dispose();
            foreach (var block in await ledger.ReadBlocksAsync(1, 100, Stop))
                Assert.Equal(201, user.Put(JsonNode.Parse(block.Body.Span)!.AsObject()).Status);
        }
        var options = new LedgerOptions { CacheFolder = place.Cache, Clock = clock };
        await using (var ledger = (LocalLedger)await Ledger.OpenAsync(place.Location, options, Stop))
        {
            await life.LiveAsync(ledger, 60);
            Assert.Null(await life.FindForgottenAsync(ledger));
            Assert.Equal(AvailableRows.Of(await ledger.ListBalancesAsync(cancellationToken: Stop)),
                AvailableRows.ByView(user, clock.Now));
            var forms = user.Get("_all_docs?include_docs=true&startkey=%22block%3A%22&endkey=%22block%3A~%22")["rows"]!
                .AsArray().Select(row => row!["doc"]!.AsObject().ContainsKey("accounts")).Distinct();
            Assert.Equal([false, true], forms.Order());
        }
        Assert.True((await VerifyAsync(place)).IsClean);
    }

    [Fact]
    public async Task A_wrong_sum_is_found_and_named()
    {
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync()) await PayAsync(ledger, 0, 5);
        using var user = place.AsAdmin();
        // The design document would not let it pass.
        user.Send(HttpMethod.Delete, $"{Design}?rev={user.Get(Design)["_rev"]}");
        var block = user.Get(Block(2)).AsObject();
        block["sums"]![1] = (long)block["sums"]![1]! + 1;
        Assert.Equal(201, user.Put(block).Status);
        var fault = Assert.Single((await VerifyAsync(place)).Faults);
        Assert.Equal((2, null), (fault.Height, fault.Entry));
        Assert.Contains("its sum of \"a0\" is 2, but its rows come to 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_row_is_found_by_the_hash()
    {
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync()) await PayAsync(ledger, 0, 5);
        using var user = place.AsAdmin();
        user.Send(HttpMethod.Delete, $"{Design}?rev={user.Get(Design)["_rev"]}");
        var block = user.Get(Block(2)).AsObject();
        block["entries"]![0]![0] = "another";
        Assert.Equal(201, user.Put(block).Status);
        var fault = Assert.Single((await VerifyAsync(place)).Faults);
        Assert.Contains("its content has the hash", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DesignDocument.TablesSince - 1, false)]
    [InlineData(DesignDocument.TablesSince, true)]
    [InlineData(1000, true)]
    public async Task Views_that_know_no_tables_get_blocks_without(int version, bool hasTable)
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        await using var store = await place.OpenStoreAsync();
        var design = DesignDocument.For("USD");
        design["settle"]!["version"] = version;
        user.Send(HttpMethod.Put, Design, design);
        await CopyAsync(store);
        Assert.Equal(hasTable, user.Get(Block(2)).AsObject().ContainsKey("accounts"));
    }

    [Fact]
    public async Task After_the_views_are_brought_up_to_date_blocks_are_tables()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        await using var store = await place.OpenStoreAsync();
        user.Send(HttpMethod.Put, Design, new JsonObject
            { ["_id"] = Design, ["settle"] = new JsonObject { ["version"] = 1, ["asset"] = "" } });
        await store.InstallViewsAsync("USD", Stop);
        await CopyAsync(store);
        Assert.True(user.Get(Block(2)).AsObject().ContainsKey("accounts"));
    }

    // Writes a file's blocks into a store, as a mirror does.
    private async Task CopyAsync(CouchStore store)
    {
        await using var ledger = await Ledger.OpenAsync(_folder.File("source.db"), cancellationToken: Stop);
        await PayAsync(ledger, 0, 1);
        foreach (var block in await ledger.ReadBlocksAsync(1, 2, Stop))
        {
            Assert.Equal(CreateOutcome.Created,
                await store.CreateAsync($"block:main:{block.Height:D12}", block.Body, Stop));
        }
    }

    private static async Task PayAsync(ILedger ledger, int first, int count)
    {
        await ledger.InitializeAsync("USD", cancellationToken: Stop);
        var verdicts = await ledger.TransferBatchAsync(Enumerable.Range(first, count).Select(number =>
            new TransferRequest { Id = $"t-{number}", From = "@world", To = $"a{number}", Amount = Minor(1) })
            .ToArray(), Stop);
        Assert.All(verdicts, verdict => Assert.True(verdict.IsSuccessful));
    }

    private static string Block(int height) => $"block%3Amain%3A{height:D12}";

    private static Task<VerificationReport> VerifyAsync(CouchPlace place) => LedgerVerification.VerifyAsync(
        place.Location, new LedgerOptions { CacheFolder = place.Cache }, cancellationToken: Stop);
}
