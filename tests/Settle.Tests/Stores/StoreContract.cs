using System.Security.Cryptography;
using System.Text;
using Settle.Stores;
using Xunit;

namespace Settle.Tests.Stores;

/// <summary>What every store promises, whatever it is made of.</summary>
public abstract class StoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_created_document_comes_back_byte_for_byte()
    {
        await using var place = await NewPlaceAsync();
        var body = RandomNumberGenerator.GetBytes(1000);
        Assert.Equal(CreateOutcome.Created, await place.Store.CreateAsync("a", body, None));
        var document = await place.Store.GetAsync("a", None);
        Assert.Equal("a", document!.Id);
        Assert.Equal(body, document.Body.ToArray());
    }

    [Fact]
    public async Task An_id_that_was_never_created_gives_nothing()
    {
        await using var place = await NewPlaceAsync();
        Assert.Null(await place.Store.GetAsync("a", None));
        Assert.Empty(await place.Store.ReadAsync("", "z", 10, None));
    }

    [Fact]
    public async Task A_second_create_is_told_that_it_exists_and_changes_nothing()
    {
        await using var place = await NewPlaceAsync();
        await place.Store.CreateAsync("a", "first"u8.ToArray(), None);
        Assert.Equal(CreateOutcome.Exists,
            await place.Store.CreateAsync("a", "second"u8.ToArray(), None));
        Assert.Equal(CreateOutcome.Exists,
            await place.Store.CreateAsync("a", "first"u8.ToArray(), None));
        Assert.Equal("first", Text(await place.Store.GetAsync("a", None)));
    }

    [Theory]
    [InlineData("b", "d", 10, "b c d")]
    [InlineData("b", "d", 2, "b c")]
    [InlineData("b", "b", 10, "b")]
    [InlineData("bb", "cc", 10, "c")]
    [InlineData("d", "b", 10, "")]
    [InlineData("a", "e", 0, "")]
    [InlineData("f", "z", 10, "")]
    [InlineData("", "z", 3, "a b c")]
    public async Task A_range_gives_its_ends_and_stops_at_its_limit(
        string from, string to, int limit, string expected)
    {
        await using var place = await NewPlaceAsync();
        foreach (var id in new[] { "d", "a", "e", "c", "b" })
            await place.Store.CreateAsync(id, "x"u8.ToArray(), None);
        var found = await place.Store.ReadAsync(from, to, limit, None);
        Assert.Equal(expected, string.Join(' ', found.Select(document => document.Id)));
    }

    [Fact]
    public async Task A_negative_limit_is_refused()
    {
        await using var place = await NewPlaceAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await place.Store.ReadAsync("", "z", -1, None));
    }

    [Fact]
    public async Task Ids_compare_by_their_UTF8_bytes()
    {
        // U+FF5E comes after U+1F600 in UTF-16 and before it in UTF-8; case and accents matter.
        string[] ordered =
            ["A", "Z", "a", "a\u0301", "z", "\u00e9", "\u4e2d", "\uff5e", "\U0001f600"];
        await using var place = await NewPlaceAsync();
        foreach (var id in ordered.Reverse())
            Assert.Equal(CreateOutcome.Created,
                await place.Store.CreateAsync(id, Encoding.UTF8.GetBytes(id), None));
        var found = await place.Store.ReadAsync("A", "\U0001f600", 100, None);
        Assert.Equal(ordered, found.Select(document => document.Id));
        Assert.Equal("\uff5e", Text(await place.Store.GetAsync("\uff5e", None)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(4 * 1024 * 1024)]
    public async Task A_body_of_any_size_up_to_a_block_is_kept(int size)
    {
        await using var place = await NewPlaceAsync();
        var body = RandomNumberGenerator.GetBytes(size);
        Assert.Equal(CreateOutcome.Created, await place.Store.CreateAsync("big", body, None));
        Assert.Equal(CreateOutcome.Exists, await place.Store.CreateAsync("big", body, None));
        Assert.Equal(body, (await place.Store.GetAsync("big", None))!.Body.ToArray());
        var listed = Assert.Single(await place.Store.ReadAsync("big", "big", 1, None));
        Assert.Equal(body, listed.Body.ToArray());
    }

    [Fact]
    public async Task The_callers_buffer_may_be_reused_after_the_answer()
    {
        await using var place = await NewPlaceAsync();
        var body = new byte[] { 1, 2, 3 };
        await place.Store.CreateAsync("a", body, None);
        body.AsSpan().Clear();
        Assert.Equal([1, 2, 3], (await place.Store.GetAsync("a", None))!.Body.ToArray());
    }

    [Fact]
    public async Task A_cancelled_create_writes_nothing()
    {
        await using var place = await NewPlaceAsync();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await place.Store.CreateAsync("a", new byte[1], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await place.Store.GetAsync("a", cancelled));
        Assert.Null(await place.Store.GetAsync("a", None));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task Of_eight_writers_racing_for_each_id_exactly_one_creates_it(int size)
    {
        const int writers = 8;
        const int heights = 40;
        await using var place = await NewPlaceAsync();
        var wins = new int[heights];
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var body = new byte[size];
            body[0] = (byte)writer;
            for (var height = 0; height < heights; height++)
            {
                var outcome = await place.Store.CreateAsync(Height(height), body, None);
                if (outcome == CreateOutcome.Created)
                    Interlocked.Add(ref wins[height], 1000 + writer);
            }
        })));
        var documents = await place.Store.ReadAsync(Height(0), Height(heights), heights + 1, None);
        Assert.Equal(heights, documents.Count);
        Assert.All(wins, (win, height) => Assert.Equal(1000 + documents[height].Body.Span[0], win));
    }

    [Fact]
    public async Task A_reader_beside_a_writer_sees_a_prefix_that_only_grows()
    {
        const int heights = 100;
        await using var place = await NewPlaceAsync();
        var writing = Task.Run(async () =>
        {
            for (var height = 0; height < heights; height++)
                await place.Store.CreateAsync(Height(height), new byte[height * 1000], None);
        });
        var seen = 0;
        while (seen < heights)
        {
            var ended = writing.IsCompleted;
            var documents = await place.Store.ReadAsync(Height(0), Height(heights), heights, None);
            Assert.True(documents.Count >= seen);
            seen = documents.Count;
            Assert.All(documents, (document, height) =>
            {
                Assert.Equal(Height(height), document.Id);
                Assert.Equal(height * 1000, document.Body.Length);
            });
            Assert.True(!ended || seen == heights);
        }
        await writing;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_lost_answer_reading_the_id_back_tells_what_happened(bool written)
    {
        await using var place = await NewPlaceAsync();
        var faulty = new FaultyStore(place.Store);
        faulty.LoseNextAnswer = written ? Loss.After : Loss.Before;
        var body = "mine"u8.ToArray();
        await Assert.ThrowsAsync<WriteOutcomeUnknownException>(
            async () => await faulty.CreateAsync("a", body, None));
        Assert.Equal(written ? "mine" : null, Text(await faulty.GetAsync("a", None)));
        Assert.Equal(written ? CreateOutcome.Exists : CreateOutcome.Created,
            await faulty.CreateAsync("a", body, None));
        Assert.Equal("mine", Text(await faulty.GetAsync("a", None)));
    }

    internal abstract Task<StorePlace> NewPlaceAsync();

    private static string Height(int height) => $"block:main:{height:d12}";

    private static string? Text(Document? document) =>
        document is null ? null : Encoding.UTF8.GetString(document.Body.Span);
}
