using System.Text;
using Settle.Chain;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>Creates and reads on a scripted cluster: what a real one does rarely happens here.</summary>
public sealed class ClusterTests : IAsyncDisposable
{
    private const string First = "block:main:000000000001";
    private const string Second = "block:main:000000000002";

    private readonly ScriptedCluster _cluster = new();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_body_that_all_copies_took_is_created_and_every_other_exists()
    {
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Created, await CreateAsync(store, First, Block(1, "a")));
        await using var other = await OpenAsync();
        Assert.Equal(CreateOutcome.Exists, await CreateAsync(other, First, Block(1, "b")));
        Assert.Equal("a", await WriterAsync(other, First));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_bodies_on_different_copies_the_greatest_revision_wins_for_everybody(int mine)
    {
        var bodies = Sorted(1);
        // Another writer's body is on one copy before ours comes to the two others.
        _cluster.Put(mine, First, bodies[2]);
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Created, await CreateAsync(store, First, bodies[0]));
        foreach (var reader in (int[])[0, 1, 2])
        {
            _cluster.Reader = reader;
            await using var other = await OpenAsync();
            Assert.Equal(WriterIn(bodies[0]), await WriterAsync(other, First));
            var read = Assert.Single(await other.ReadAsync(First, Second, 9, default));
            Assert.Equal(WriterIn(bodies[0]), WriterIn(Text(read)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_block_with_a_table_and_the_same_one_without_are_one_block(int older)
    {
        // A program that found older views wrote it too.
        var block = Blocks.OfTransfers(1, "w", 3);
        _cluster.Put(older, First, Encoding.UTF8.GetString(block.Span));
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(First, block, default));
        for (_cluster.Reader = 0; _cluster.Reader < 3; _cluster.Reader++)
        {
            await using var other = await OpenAsync();
            var read = Assert.Single(await other.ReadAsync(First, Second, 9, default));
            Assert.Equal(block.ToArray(), BlockDocument.Parse(First, read.Body, keepsBytes: false).Body.ToArray());
        }
    }

    [Fact]
    public async Task A_body_that_most_copies_took_loses_to_a_greater_one_on_the_last()
    {
        var bodies = Sorted(1);
        _cluster.Put(2, First, bodies[0]);
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Exists, await CreateAsync(store, First, bodies[1]));
        Assert.Equal(WriterIn(bodies[0]), await WriterAsync(store, First));
    }

    [Fact]
    public async Task Every_copy_shows_the_winner_before_anybody_is_answered()
    {
        var bodies = Sorted(1);
        _cluster.Put(1, First, bodies[2]);
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Created, await CreateAsync(store, First, bodies[0]));
        Assert.Equal(Enumerable.Repeat(WriterIn(bodies[0]), 3), _cluster.Shown(First));
    }

    [Fact]
    public async Task Who_reads_the_newest_block_makes_every_copy_show_it_unless_it_may_not_write()
    {
        var bodies = Sorted(1);
        for (var copy = 0; copy < 3; copy++) _cluster.Put(copy, First, bodies[copy]);
        await using (var reader = await OpenAsync(isReadOnly: true))
            Assert.Equal(WriterIn(bodies[0]), await WriterAsync(reader, First));
        Assert.Equal(bodies.Select(WriterIn), _cluster.Shown(First));
        await using var store = await OpenAsync();
        Assert.Equal(WriterIn(bodies[0]), await WriterAsync(store, First));
        Assert.Equal(Enumerable.Repeat(WriterIn(bodies[0]), 3), _cluster.Shown(First));
    }

    [Fact]
    public async Task A_copy_that_holds_nothing_is_given_the_greatest_body_before_anybody_is_answered()
    {
        var bodies = Sorted(1);
        _cluster.Put(0, First, bodies[1]);
        var calls = 0;
        // Our body comes to one copy only; the first help is lost on its way.
        _cluster.Reaches = _ => ++calls switch { 1 => [1], 2 => [], _ => null };
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Created, await CreateAsync(store, First, bodies[0]));
        Assert.Equal(3, _cluster.Writes);
        Assert.Equal(WriterIn(bodies[0]), await WriterAsync(store, First));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(202)]
    public async Task What_the_answer_was_does_not_matter_when_all_copies_have_the_body(int status)
    {
        _cluster.Instead = _ => (status, """{"error":"e","reason":"r"}""");
        await using var store = await OpenAsync();
        Assert.Equal(CreateOutcome.Created, await CreateAsync(store, First, Block(1, "a")));
    }

    [Fact]
    public async Task A_refusal_after_which_no_copy_has_anything_is_one()
    {
        _cluster.Reaches = _ => [];
        _cluster.Instead = _ => (403, """{"error":"forbidden","reason":"not you"}""");
        await using var store = await OpenAsync();
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => CreateAsync(store, First, Block(1, "a")));
        Assert.Contains("not you", error.Message, StringComparison.Ordinal);
        _cluster.Instead = _ => (500, """{"error":"e"}""");
        await Assert.ThrowsAsync<WriteOutcomeUnknownException>(
            () => CreateAsync(store, First, Block(1, "a")));
    }

    [Fact]
    public async Task While_a_copy_is_away_nobody_is_answered_and_nothing_more_is_written()
    {
        await using var store = await OpenAsync();
        await CreateAsync(store, First, Block(1, "a"));
        _cluster.Down.Add(2);
        await Assert.ThrowsAsync<WriteOutcomeUnknownException>(
            () => CreateAsync(store, Second, Block(2, "b")));
        var writes = _cluster.Writes;
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => CreateAsync(store, Second, Block(2, "c")));
        Assert.Equal(writes, _cluster.Writes);
        // What is below the newest block is read on; the newest is not shown, for it may lose.
        Assert.Equal("a", await WriterAsync(store, First));
        Assert.Equal([First], (await store.ReadAsync(First, "block:main:~", 9, default))
            .Select(document => document.Id));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => WriterAsync(store, Second));
        _cluster.Down.Clear();
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        // The third copy takes z as its first: it or b wins, whichever has the greater revision.
        var outcome = await CreateAsync(store, Second, Block(2, "z"));
        Assert.Equal(await WriterAsync(store, Second) == "z",
            outcome == CreateOutcome.Created);
        Assert.Equal(2, (await store.ReadAsync(First, "block:main:~", 9, default)).Count);
    }

    [Fact]
    public async Task The_next_block_names_the_winner_even_with_its_copy_hidden()
    {
        var first = Sorted(1);
        _cluster.Put(0, First, first[1]);
        _cluster.Put(1, First, first[1]);
        _cluster.Put(2, First, first[0]);
        for (var copy = 0; copy < 3; copy++) _cluster.Put(copy, Second, Block(2, "n", HashIn(first[0])));
        // Readers are shown the loser, and the copy that has the winner is asked for it.
        await using var store = await OpenAsync(isReadOnly: true);
        Assert.Equal(WriterIn(first[0]), await WriterAsync(store, First));
        await using var lister = await OpenAsync(isReadOnly: true);
        var documents = await lister.ReadAsync(First, First, 1, default);
        Assert.Equal(WriterIn(first[0]), WriterIn(Text(Assert.Single(documents))));
        // Without that copy there is no answer, and not the wrong one.
        _cluster.Down.Add(2);
        await using var late = await OpenAsync(isReadOnly: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => WriterAsync(late, First));
    }

    [Fact]
    public async Task A_block_that_a_listing_missed_is_put_in_its_place()
    {
        await using var store = await OpenAsync();
        await CreateAsync(store, First, Block(1, "a"));
        await CreateAsync(store, Second, Block(2, "b"));
        _cluster.Hidden.Add(First);
        var read = await store.ReadAsync(First, "block:main:~", 9, default);
        Assert.Equal([First, Second], read.Select(document => document.Id));
    }

    [Fact]
    public async Task A_changed_body_is_damage()
    {
        await using var store = await OpenAsync();
        await CreateAsync(store, First, Block(1, "a"));
        _cluster.Change(First);
        await using var other = await OpenAsync();
        await Assert.ThrowsAsync<StoreCorruptException>(() => WriterAsync(other, First));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Writers_who_race_for_each_id_agree_on_one_winner_each(int seed)
    {
        const int writers = 6, heights = 6;
        var random = new Random(seed);
        _cluster.Between = () => Task.Delay(random.Next(4));
        _cluster.Reaches = _ => random.Next(3) == 0 ? [random.Next(3)] : null;
        var stores = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => OpenAsync()));
        for (var height = 1; height <= heights; height++)
        {
            var id = BlockId.Format("main", height);
            var outcomes = await Task.WhenAll(stores.Select((store, writer) => Task.Run(
                () => CreateAsync(store, id, Block(height, $"{writer}")))));
            var winner = Assert.Single(outcomes.Index(), each => each.Item == CreateOutcome.Created);
            if (random.Next(2) == 0) _cluster.Replicate();
            _cluster.Reader = random.Next(3);
            foreach (var store in stores)
                Assert.Equal($"{winner.Index}", await WriterAsync(store, id));
            await using var reader = await OpenAsync();
            Assert.Equal($"{winner.Index}", await WriterAsync(reader, id));
        }
        foreach (var store in stores) await store.DisposeAsync();
    }

    private Task<CouchStore> OpenAsync(bool isReadOnly = false) =>
        CouchPlace.OpenStoreAsync(_cluster.Location, isReadOnly);

    private static Task<CreateOutcome> CreateAsync(CouchStore store, string id, string body) =>
        store.CreateAsync(id, Encoding.UTF8.GetBytes(body), default).AsTask();

    private static string Block(long height, string writer, BlockHash prev = default)
    {
        var builder = new BlockBuilder();
        builder.Begin("main", height);
        builder.Seal("main", prev, 0, writer);
        return Encoding.UTF8.GetString(builder.Body.Span);
    }

    /// <summary>Three bodies, the one with the greatest revision first.</summary>
    private static string[] Sorted(long height) =>
        [.. ((string[])["x", "y", "z"]).Select(writer => Block(height, writer))
            .OrderByDescending(ScriptedCluster.RevisionOf, StringComparer.Ordinal)];

    private static BlockHash HashIn(string body) =>
        CopyBody.Of("1-a", Encoding.UTF8.GetBytes(body)).Hash;

    private static async Task<string> WriterAsync(CouchStore store, string id) =>
        WriterIn(Text((await store.GetAsync(id, default))!));

    private static string Text(Document document) => Encoding.UTF8.GetString(document.Body.Span);

    private static string WriterIn(string body)
    {
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return json.RootElement.GetProperty("writer").GetString()!;
    }
}
