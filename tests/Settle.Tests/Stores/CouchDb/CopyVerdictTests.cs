using System.Text;
using Settle.Chain;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// What copies mean, as a table. A copy is written as what it holds: nothing (<c>-</c>), a body per
/// letter (<c>b</c> has a greater revision than <c>a</c>; capitals are not sound), an exclamation mark
/// for what stands on top of something, a question mark for a copy that cannot be read.
/// </summary>
public sealed class CopyVerdictTests
{
    [Theory]
    [InlineData("a a a", nameof(CopyState.Decided), "a")]
    [InlineData("a", nameof(CopyState.Decided), "a")]
    [InlineData("b a a", nameof(CopyState.Decided), "b")]
    [InlineData("a b b", nameof(CopyState.Decided), "b")]
    [InlineData("b c a", nameof(CopyState.Decided), "c")]
    [InlineData("bc cb cba", nameof(CopyState.Decided), "c")]
    [InlineData("bb bb bb", nameof(CopyState.Decided), "b")]
    [InlineData("Z b c", nameof(CopyState.Decided), "c")]
    [InlineData("A B B", nameof(CopyState.Decided), "B")]
    [InlineData("a a -", nameof(CopyState.Open), "a")]
    [InlineData("- b a", nameof(CopyState.Open), "b")]
    [InlineData("- - c", nameof(CopyState.Open), "c")]
    [InlineData("- - -", nameof(CopyState.Empty), null)]
    [InlineData("-", nameof(CopyState.Empty), null)]
    [InlineData("a a ?", nameof(CopyState.Unreadable), null)]
    [InlineData("- - ?", nameof(CopyState.Unreadable), null)]
    [InlineData("? ? ?", nameof(CopyState.Unreadable), null)]
    [InlineData("a - ?", nameof(CopyState.Unreadable), null)]
    [InlineData("", nameof(CopyState.Unreadable), null)]
    [InlineData("a a a!", nameof(CopyState.Damaged), null)]
    [InlineData("a! ? -", nameof(CopyState.Damaged), null)]
    public void Copies_mean_this(string copies, string state, string? winner)
    {
        var words = copies.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The order in which copies are read means nothing.
        foreach (var order in new[] { words, [.. words.Reverse()] })
        {
            var verdict = CopyVerdict.Of([.. order.Select(Read)]);
            Assert.Equal(state, verdict.State.ToString());
            Assert.Equal(winner, verdict.Body?.Revision[2..]);
        }
    }

    [Fact]
    public void Whatever_is_read_in_whatever_order_all_agree()
    {
        // Every copy took one first body and got some of the others by replication.
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var firsts = Enumerable.Range(0, 3).Select(_ => random.GetItems("abcdef".AsSpan(), 1)[0])
                .ToArray();
            var winners = Enumerable.Range(0, 4).Select(_ => CopyVerdict.Of([.. firsts.Select(first =>
                Read(new string([.. random.GetItems(firsts, random.Next(3)), first])))]))
                .Select(verdict => verdict.Body!.Revision).Distinct();
            Assert.Equal($"1-{firsts.Max()}", Assert.Single(winners));
        }
    }

    [Theory]
    [InlineData("b b b", true)]
    [InlineData("b ab ba", true)]
    [InlineData("b a b", false)]
    public void A_winner_is_everywhere_when_each_copy_holds_it(string copies, bool isEverywhere) =>
        Assert.Equal(isEverywhere,
            CopyVerdict.Of([.. copies.Split(' ').Select(Read)]).IsEverywhere);

    [Theory]
    [InlineData("""{"_id":"x","_rev":"1-a","n":1,"type":"block"}""", true)]
    [InlineData("""{"type":"block","n":1,"_rev":"1-b","_id":"x"}""", true)]
    [InlineData("""{"_id":"x","n":1.5}""", false)]
    [InlineData("""{"_id":"x","hash":"1234","n":1}""", false)]
    [InlineData("""{"_id":"x","hash":7,"n":1}""", false)]
    public void A_body_is_sound_when_it_has_the_hash_that_it_names(string json, bool isSound)
    {
        var body = CopyBody.Of("1-a", Encoding.UTF8.GetBytes(json));
        Assert.Equal(isSound, body.IsSound);
        if (isSound)
            Assert.Equal(CopyBody.Of("1-b", """{"n":1,"type":"block"}"""u8.ToArray()).Hash, body.Hash);
    }

    [Fact]
    public void A_block_has_its_own_hash_and_loses_when_it_was_changed()
    {
        var builder = new BlockBuilder();
        builder.Begin("main", 7);
        var header = builder.Seal("main", BlockHash.None, 0, "w");
        var body = CopyBody.Of("1-a", builder.Body);
        Assert.Equal((header.Hash, true), (body.Hash, body.IsSound));
        var changed = Encoding.UTF8.GetString(builder.Body.Span)
            .Replace("\"writer\":\"w\"", "\"writer\":\"v\"", StringComparison.Ordinal);
        Assert.False(CopyBody.Of("1-a", Encoding.UTF8.GetBytes(changed)).IsSound);
    }

    [Fact]
    public void A_table_has_the_hash_of_its_block_and_loses_when_a_sum_was_changed()
    {
        var block = Blocks.OfTransfers(7, "w", 3);
        var stored = BlockTableWriter.Write(block);
        Assert.Equal((CopyBody.Of("1-a", block).Hash, true),
            (CopyBody.Of("1-b", stored).Hash, CopyBody.Of("1-b", stored).IsSound));
        var text = Encoding.UTF8.GetString(stored.Span);
        var changed = text.Replace("\"sums\":[-3,3]", "\"sums\":[-3,4]", StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        Assert.False(CopyBody.Of("1-b", Encoding.UTF8.GetBytes(changed)).IsSound);
    }

    [Fact]
    public void A_deletion_is_no_body_that_a_writer_made()
    {
        Assert.False(CopyBody.Of("1-a", """{"_id":"x","_deleted":true}"""u8.ToArray()).IsFirst);
        Assert.False(CopyBody.Of("2-a", """{"_id":"x"}"""u8.ToArray()).IsFirst);
        Assert.True(CopyBody.Of("1-a", """{"_id":"x"}"""u8.ToArray()).IsFirst);
    }

    [Fact]
    public void A_body_is_written_again_without_its_revision_in_its_own_order_and_spelling()
    {
        var body = CopyBody.Of("1-a", """{"_id":"x","_rev":"1-a","z":[1,"\u00e9","é","jane's"],"a":{"c":1,"b":2.0}}"""u8.ToArray());
        Assert.Equal("""{"_id":"x","z":[1,"\u00e9","é","jane's"],"a":{"c":1,"b":2.0}}""",
            Encoding.UTF8.GetString(body.WithoutRevision()));
    }

    private static Copy Read(string word)
    {
        if (word == "?") return new Copy("n", null, "away");
        if (word == "-") return new Copy("n", []);
        var generation = word.EndsWith('!') ? 2 : 1;
        return new Copy("n", [.. word.TrimEnd('!').Select(letter => new CopyBody(
            $"{generation}-{letter}", default, HashOf(char.ToLowerInvariant(letter)),
            char.IsLower(letter)))]);
    }

    private static BlockHash HashOf(char letter)
    {
        var digest = new byte[BlockHash.Bytes];
        digest[0] = (byte)letter;
        return new BlockHash(digest);
    }
}
